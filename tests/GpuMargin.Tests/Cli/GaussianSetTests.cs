using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Tests.Backtesting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Every command on sets with a Gaussian copula, whose records have no degrees of freedom.</summary>
public sealed class GaussianSetTests : IDisposable
{
    static readonly string[] s_short = RecordedFolder.Short;

    readonly RecordedFolder run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void A_run_is_verified_replayed_and_explained()
    {
        Assert.False(run.Json["settings"]!["copula"]!.AsObject().ContainsKey("nu"));
        foreach (Invocation done in (Invocation[])[run.Verify(), run.Replay(), run.Explain(), Invocation.Of("explain", run.Out, "long", "--since", run.Out)])
        {
            Assert.Equal((ExitCode.Done, ""), (done.Code, done.Error));
        }
    }

    [Fact]
    public void Scenarios_and_profit_and_loss_are_written()
    {
        Assert.Equal("", Invocation.Of(["scenarios", run.Set, "--out", run.Folder["scenarios.csv"], .. s_short]).Error);
        Assert.Equal("", Invocation.Of(["pnl", run.Set, "--all", "--out", run.Folder["pnl.csv"], .. s_short]).Error);
        Assert.Equal(301, File.ReadAllLines(run.Folder["scenarios.csv"]).Length);
        Assert.Equal(301, File.ReadAllLines(run.Folder["pnl.csv"]).Length);
    }

    [Fact]
    public void Convergence_is_studied_without_the_importance_sampling_of_a_t_copula()
    {
        Invocation converge = Invocation.Of("converge", run.Set, "--confidence", "0.9", "--scenarios-max", "256", "--repeats", "2", "--out", run.Folder["study"]);

        Assert.Equal(ExitCode.Done, converge.Code);
        Assert.DoesNotContain("importance", File.ReadAllText(run.Folder["study/convergence.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibrated_model_is_run_rolled_and_replayed()
    {
        string set = run.Folder["history"], file = Path.Combine(set, "history.csv");
        Directory.CreateDirectory(set);
        HistoryFiles.WriteTo(set);
        Invocation roll = Invocation.Of(["roll", set, "--out", run.Folder["rolled"], "--from", HistoryFiles.Date(100), "--to", HistoryFiles.Date(101), "--copula", "gaussian", "--quiet", .. s_short]);
        Assert.Equal((ExitCode.Done, ""), (roll.Code, roll.Error));

        Assert.Equal(ExitCode.Done, Invocation.Of("calibrate", file, "--out", set, "--copula", "gaussian", "--volatility-factors", "--quiet").Code);
        Assert.Equal("gaussian", JsonDocument.Parse(File.ReadAllBytes(Path.Combine(set, "run.json"))).RootElement.GetProperty("copula").GetProperty("family").GetString());
        Assert.Equal(ExitCode.Done, Invocation.Of(["run", set, "--quiet", .. s_short]).Code);
        foreach (string folder in (string[])[set, Path.Combine(set, "out")])
        {
            Assert.Equal(ExitCode.Done, Invocation.Of("verify", folder).Code);
        }

        Assert.StartsWith("same bits", Invocation.Of("replay", Path.Combine(set, "out")).Output, StringComparison.Ordinal);
    }
}
