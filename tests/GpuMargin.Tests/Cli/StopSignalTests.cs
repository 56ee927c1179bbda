using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using GpuMargin.Cli;
using GpuMargin.Files.Commits;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Each long stage of each command, stopped by a signal: it ends soon and leaves the files as they were.</summary>
public sealed partial class StopSignalTests : IDisposable
{
    const int Hup = 1, Int = 2, Term = 15;

    const string Endless = "--scenarios 100000000 --horizon 250 --confidence 0.9999";

    // Start-up takes less, each of the stages far more.
    static readonly TimeSpan s_busy = TimeSpan.FromSeconds(1.5);

    // A second is promised; machines that run tests may be loaded.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [UnixTheory]
    [InlineData(Int, ExitCode.Interrupted, "run set " + Endless)]
    [InlineData(Term, ExitCode.Terminated, "run set " + Endless)]
    [InlineData(Hup, ExitCode.HungUp, "run set " + Endless)]
    [InlineData(Term, ExitCode.Terminated, "run set --sampling sobol " + Endless)]
    [InlineData(Int, ExitCode.Interrupted, "scenarios set --out new/shocks.csv " + Endless)]
    [InlineData(Hup, ExitCode.HungUp, "pnl set --all --out new/pnl.csv " + Endless)]
    [InlineData(Int, ExitCode.Interrupted, "converge set --scenarios-max 100000000 --repeats 1000")]
    [InlineData(Hup, ExitCode.HungUp, "generate new --accounts 100000 --positions 500 --instruments 1000")]
    public void A_stage_of_a_small_set_ends(int signal, int code, string command)
    {
        SmallSet.WriteTo(folder["set"]);
        Stopped(signal, code, command);
    }

    [UnixTheory]
    [InlineData(Int, ExitCode.Interrupted, "calibrate wide/history.csv --out new")]
    [InlineData(Term, ExitCode.Terminated, "roll wide --from 2000-06-01")]
    public void A_stage_of_a_wide_history_ends(int signal, int code, string command)
    {
        WriteHistory(folder["wide"], factors: 150, days: 1000);
        Stopped(signal, code, command);
    }

    [UnixTheory]
    [InlineData(Hup, ExitCode.HungUp, "run wide")]
    [InlineData(Int, ExitCode.Interrupted, "run wide --sampling sobol")]
    [InlineData(Term, ExitCode.Terminated, "run wide --repair-correlation")]
    public void Preparing_many_factors_ends(int signal, int code, string command)
    {
        Assert.Equal(ExitCode.Done, Invocation.Of("generate", folder["wide"], "--factors", "1500", "--instruments", "20", "--accounts", "2", "--positions", "5", "--scenarios", "10000000").Code);
        Stopped(signal, code, command);
    }

    void Stopped(int signal, int code, string command)
    {
        var before = Files();
        using Process process = Invocation.StartInterruptible(folder.Path, command.Split(' '));
        while (!process.HasExited && process.TotalProcessorTime < s_busy)
        {
            Thread.Sleep(20);
            process.Refresh();
        }

        Assert.False(process.HasExited, "The command ended before it was stopped.");
        Assert.Equal(0, Kill(process.Id, signal));
        bool ended = process.WaitForExit(s_patience);
        process.Kill();

        Assert.True(ended, $"'{command}' goes on.");
        Assert.Equal(code, process.ExitCode);
        Assert.Contains("gpumargin: stopped", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Settle();
        Assert.Equal(before, Files());
    }

    // The end of the process may leave an empty folder that was made for results.
    (string Name, string Bytes)[] Files() => [.. folder.Snapshot().Where(entry => entry.Bytes != "folder")];

    // What the next command does in a folder of results.
    void Settle()
    {
        foreach (string results in Directory.GetDirectories(folder.Path, "*", SearchOption.AllDirectories).Where(Directory.Exists))
        {
            SettledFolder.Open(results).Dispose();
        }
    }

    static void WriteHistory(string folder, int factors, int days)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(5);
        double[] price = new double[factors];
        Array.Fill(price, 100);
        using StreamWriter history = new(Path.Combine(folder, "history.csv"));
        history.WriteLine("date," + string.Join(',', Enumerable.Range(0, factors).Select(factor => $"F{factor}")));
        for (int day = 0; day < days; day++)
        {
            history.Write(new DateOnly(2000, 1, 3).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            foreach (ref double value in price.AsSpan())
            {
                value *= Math.Exp(0.02 * (random.NextDouble() - 0.5));
                history.Write(string.Create(CultureInfo.InvariantCulture, $",{value:F4}"));
            }

            history.WriteLine();
        }

        File.WriteAllText(Path.Combine(folder, "run.json"), """{"asOf":"2002-01-03T16:00:00Z","currency":"USD","copula":{"family":"student-t","nu":6},"scenarios":10000}""");
        File.WriteAllText(Path.Combine(folder, "instruments.csv"), "instrument,type,underlying\nF0,spot,F0\n");
        File.WriteAllText(Path.Combine(folder, "positions.csv"), "account,instrument,quantity\nDESK,F0,10\n");
    }
}
