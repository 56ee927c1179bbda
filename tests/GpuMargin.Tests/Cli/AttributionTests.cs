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

    [Theory]
    [InlineData]
    [InlineData("--sampling", "sobol")]
    public void Amounts_alone_without_and_with_one_more_are_those_of_sets_edited_by_hand(params string[] options)
    {
        Invocation.Of(["run", folder["set"], "--out", folder["out"], .. options]);
        string account = Rows("margins.csv")[1][0];
        double whole = Number(Rows("margins.csv")[1][6]);
        Dictionary<string, string> underlyingOf = File.ReadLines(folder["set/instruments.csv"]).Select(line => line.Split(',')).ToDictionary(row => row[0], row => row[2]);
        string[] lines = File.ReadAllLines(folder["set/positions.csv"]);
        string[][] held = [.. lines.Select(line => line.Split(',')).Where(row => row[0] == account)];
        using JsonDocument json = JsonDocument.Parse(Invocation.Of("explain", folder["out"], account, "--attribution", "--json").Output);
        JsonElement attribution = json.RootElement.GetProperty("attribution");

        foreach (JsonElement part in attribution.GetProperty("underlyings").EnumerateArray().Take(2))
        {
            string name = part.GetProperty("name").GetString()!;
            Assert.Equal(Shortfall(row => underlyingOf[row[1]] == name ? row[2] : null), part.GetProperty("alone").GetDouble(), 1e-6);
            // A remainder is rounded as the account is, in single precision: 2e-6 of gross P&L.
            Assert.Equal(whole - Shortfall(row => underlyingOf[row[1]] == name ? null : row[2]), part.GetProperty("incremental").GetDouble(), 2e-6 * whole);
        }

        foreach (JsonElement part in attribution.GetProperty("positions").EnumerateArray().Take(2))
        {
            string name = part.GetProperty("name").GetString()!;
            Assert.Equal(Shortfall(row => row[1] == name ? row[2] : null), part.GetProperty("alone").GetDouble(), 1e-6);
            double more = Shortfall(row => row[1] == name ? (Number(row[2]) + Math.Sign(Number(row[2]))).ToString("R", CultureInfo.InvariantCulture) : row[2]);
            Assert.Equal(more - whole, part.GetProperty("marginal").GetDouble(), 1e-6);
        }

        double alone = attribution.GetProperty("underlyings").EnumerateArray().Sum(part => part.GetProperty("alone").GetDouble());
        Assert.Equal(alone - whole, attribution.GetProperty("nettingBenefit").GetDouble(), 1e-6);
        Assert.True(alone > whole);

        double Shortfall(Func<string[], string?> quantity)
        {
            File.WriteAllLines(folder["set/positions.csv"], [lines[0], .. held.Where(row => quantity(row) is not null).Select(row => $"{row[0]},{row[1]},{quantity(row)}")]);
            Invocation.Of(["run", folder["set"], "--out", folder["edited"], "--quiet", .. options]);
            File.WriteAllLines(folder["set/positions.csv"], lines);
            return Number(File.ReadAllLines(folder["edited/margins.csv"])[1].Split(',')[6]);
        }
    }

    [Fact]
    public void The_table_shows_what_netting_saves()
    {
        Invocation.Of("run", folder["set"], "--out", folder["out"]);

        string output = Invocation.Of("explain", folder["out"], Rows("margins.csv")[1][0], "--attribution").Output;

        Assert.Contains("netting benefit: its underlyings alone would need ", output, StringComparison.Ordinal);
        Assert.Contains("| saved without |", output, StringComparison.Ordinal);
        Assert.Contains("| one more |", output, StringComparison.Ordinal);
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
