using System.Globalization;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary><c>run --attribution</c> and its file.</summary>
public sealed class AttributionTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public AttributionTests() =>
        Invocation.Of("generate", folder["set"], "--factors", "6", "--instruments", "30", "--accounts", "5", "--positions", "8", "--scenarios", "1000", "--option-share", "0.5");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--sampling", "sobol")]
    [InlineData("--target-error", "0.2")]
    public void Components_sum_to_the_margins_file(params string[] options)
    {
        Invocation run = Invocation.Of(["run", folder["set"], "--out", folder["out"], "--attribution", .. options]);
        string[][] margins = Rows("margins.csv"), parts = Rows("attribution.csv");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(["account", "instrument", "underlying", "component", "standard_error", "incremental"], parts[0]);
        int es = Array.IndexOf(margins[0], "es");
        Assert.All(margins[1..], margin =>
        {
            string[][] own = [.. parts.Where(row => row[0] == margin[0])];
            Assert.Equal(8, own.Length);
            Assert.Equal(Number(margin[es]), own.Sum(row => Number(row[3])), 1e-7);
            Assert.All(own, row => Assert.Equal("", row[5]));
        });
        Assert.Equal(ExitCode.Done, Invocation.Of("verify", folder["out"]).Code);
    }

    [Fact]
    public void Incremental_amounts_are_written_on_request()
    {
        Invocation.Of("run", folder["set"], "--out", folder["out"], "--attribution", "--incremental");

        Assert.All(Rows("attribution.csv")[1..], row => Assert.True(double.IsFinite(Number(row[5]))));
    }

    [Fact]
    public void A_run_without_it_leaves_no_file_of_an_earlier_one()
    {
        Invocation.Of("run", folder["set"], "--out", folder["out"], "--attribution");
        Invocation.Of("run", folder["set"], "--out", folder["out"]);

        Assert.False(File.Exists(folder["out/attribution.csv"]));
    }

    [Fact]
    public void An_edited_file_is_found()
    {
        Invocation.Of("run", folder["set"], "--out", folder["out"], "--attribution");
        File.AppendAllText(folder["out/attribution.csv"], "x\n");

        Invocation verified = Invocation.Of("verify", folder["out"]);

        Assert.Equal(ExitCode.CheckFailed, verified.Code);
        Assert.Contains("attribution.csv", verified.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Incremental_alone_is_refused() =>
        Assert.Contains("--incremental: found without --attribution", Invocation.Of("run", folder["set"], "--incremental").Error, StringComparison.Ordinal);

    string[][] Rows(string file) => [.. File.ReadLines(folder["out/" + file]).Select(line => line.Split(','))];

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
