using System.Globalization;
using System.Text.Json;
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
    public void An_account_is_explained_without_a_policy()
    {
        Invocation.Of("run", folder["set"], "--out", folder["out"], "--attribution");
        string[] margin = Rows("margins.csv")[1];

        using JsonDocument json = JsonDocument.Parse(Invocation.Of("explain", folder["out"], margin[0], "--attribution", "--json").Output);

        JsonElement attribution = json.RootElement.GetProperty("attribution");
        double es = Number(margin[Array.IndexOf(Rows("margins.csv")[0], "es")]);
        Assert.Equal(es, attribution.GetProperty("expectedShortfall").GetDouble(), 1e-7);
        Dictionary<string, double> parts = Rows("attribution.csv").Where(row => row[0] == margin[0]).ToDictionary(row => row[1], row => Number(row[3]));
        Assert.All(attribution.GetProperty("positions").EnumerateArray(), part => Assert.Equal(parts[part.GetProperty("name").GetString()!], part.GetProperty("component").GetDouble(), 1e-9));
        foreach (string list in (string[])["positions", "underlyings", "types", "productClasses"])
        {
            Assert.Equal(es, attribution.GetProperty(list).EnumerateArray().Sum(part => part.GetProperty("component").GetDouble()), 1e-7);
        }

        double[] worst = [.. attribution.GetProperty("worst").EnumerateArray().Select(scenario => scenario.GetProperty("loss").GetDouble())];
        Assert.Equal(worst.OrderDescending(), worst);
        Assert.True(Math.Abs(attribution.GetProperty("worst")[0].GetProperty("moves")[0].GetProperty("deviations").GetDouble()) > 1);
    }

    [Fact]
    public void A_changed_set_is_not_attributed()
    {
        Invocation.Of("run", folder["set"], "--out", folder["out"]);
        File.AppendAllText(folder["set/positions.csv"], "X,S0001-C-000001,1\n");

        Invocation refused = Invocation.Of("explain", folder["out"], "X", "--attribution");

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("positions.csv: changed since the run", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Incremental_alone_is_refused() =>
        Assert.Contains("--incremental: found without --attribution", Invocation.Of("run", folder["set"], "--incremental").Error, StringComparison.Ordinal);

    string[][] Rows(string file) => [.. File.ReadLines(folder["out/" + file]).Select(line => line.Split(','))];

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
