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

/// <inheritdoc cref="UnixFactAttribute"/>
sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
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
    static readonly string[] s_endless = ["--scenarios", "100000000", "--horizon", "250", "--confidence", "0.9999"];

    static readonly TimeSpan s_busy = TimeSpan.FromSeconds(1);

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [UnixFact]
    public void Interrupting_a_long_run_leaves_no_file_behind_and_earlier_output_untouched()
    {
        string set = SmallSet.WriteTo(folder["set"]);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--quiet").Code);
        var before = folder.Snapshot();
        using Process process = Invocation.StartInterruptible(folder.Path, ["run", "set", .. s_endless]);
        while (!process.HasExited && process.TotalProcessorTime < s_busy)
        {
            Thread.Sleep(20);
            process.Refresh();
        }

        Assert.Equal(0, Kill(process.Id, Sigint));

        Assert.True(process.WaitForExit(s_patience));
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Contains("stopped", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }
}
