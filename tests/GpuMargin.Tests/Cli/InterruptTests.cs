using System.Diagnostics;
using System.Runtime.InteropServices;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Needs signals, or links that anybody may make; on Windows the test is reported as skipped.</summary>
sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "needs a Unix system";
        }
    }
}

public sealed partial class InterruptTests : IDisposable
{
    const int Sigint = 2;

    // The most that is allowed, and far more than any machine computes before the signal is sent.
    static readonly string[] Endless = ["--scenarios", "100000000", "--horizon", "250", "--confidence", "0.9999"];

    static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [UnixFact]
    public void Interrupting_a_long_run_leaves_no_file_behind_and_earlier_output_untouched()
    {
        string set = SmallSet.WriteTo(_folder["set"]);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--quiet").Code);
        var before = _folder.Snapshot();
        using Process process = Invocation.StartInterruptible(_folder.Path, ["run", "set", .. Endless]);
        while (!process.HasExited && process.TotalProcessorTime < Busy)
        {
            Thread.Sleep(20);
            process.Refresh();
        }

        Assert.Equal(0, Kill(process.Id, Sigint));

        Assert.True(process.WaitForExit(Patience));
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Contains("stopped", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(before, _folder.Snapshot());
    }
}
