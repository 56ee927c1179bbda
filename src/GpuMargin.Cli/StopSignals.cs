using System.Runtime.InteropServices;

namespace GpuMargin.Cli;

/// <summary>Ctrl-C, SIGTERM and SIGHUP as a cancellation, and as the end of the process where a stage does not heed it.</summary>
/// <remarks>The end is safe at any moment: a commit that was begun is finished or undone by the next command (docs/files.md).</remarks>
sealed class StopSignals : IDisposable
{
    /// <summary>Time for a stage to end and to remove what it has begun; with the rest of a second for the end of the process.</summary>
    static readonly TimeSpan s_grace = TimeSpan.FromSeconds(0.4);

    /// <summary>Time for the last line: whoever reads stderr may have stopped reading.</summary>
    static readonly TimeSpan s_lastWord = TimeSpan.FromSeconds(0.05);

    readonly CancellationTokenSource source = new();
    readonly PosixSignalRegistration[] registrations;
    int stoppedBy;

    internal StopSignals() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCode.Terminated)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, ExitCode.HungUp)),
    ];

    internal CancellationToken Token => source.Token;

    /// <summary>The exit code of the signal in place of the command's own for a stop.</summary>
    internal int CodeOf(int code) => code == ExitCode.Interrupted && stoppedBy != 0 ? stoppedBy : code;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }
    }

    // The first signal lets the command clean up, the second ends the process at once.
    void Stop(PosixSignalContext signal, int exitCode)
    {
        if (Interlocked.CompareExchange(ref stoppedBy, exitCode, 0) != 0)
        {
            return;
        }

        signal.Cancel = true;
        new Thread(() => End(exitCode)) { IsBackground = true }.Start();
        source.Cancel();
    }

    static void End(int exitCode)
    {
        Thread.Sleep(s_grace);
        Task.Run(() => Console.Error.WriteLine("gpumargin: stopped; the next command that uses the folder removes what is unfinished")).Wait(s_lastWord);
        Environment.Exit(exitCode);
    }
}
