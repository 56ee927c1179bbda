namespace GpuMargin.Cli;

/// <summary>Exit codes of the program; other programs rely on them.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>A defect of the program.</summary>
    public const int Defect = 1;

    /// <summary>The input or the command line was refused; nothing was written.</summary>
    public const int Refused = 2;

    /// <summary>The asked-for device is not there, or failed.</summary>
    public const int DeviceMissing = 3;

    /// <summary>A check failed, such as a replay that differs.</summary>
    public const int CheckFailed = 4;

    /// <summary>Everything was done and every file written, but stdout or stderr did not take all of its text.</summary>
    public const int OutputFailed = 5;

    /// <summary>128 and the number of SIGHUP: the terminal is gone.</summary>
    public const int HungUp = 129;

    /// <summary>Ctrl-C: 128 and the number of SIGINT, as shells do.</summary>
    public const int Interrupted = 130;

    /// <summary>128 and the number of SIGTERM.</summary>
    public const int Terminated = 143;
}
