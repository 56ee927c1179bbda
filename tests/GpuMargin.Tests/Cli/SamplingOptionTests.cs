using System.Globalization;
using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class SamplingOptionTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string set;

    public SamplingOptionTests() => set = SmallSet.WriteTo(folder["set"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("philox", null, "off")]
    [InlineData("philox", "on", "on")]
    [InlineData("sobol", null, "on")]
    [InlineData("sobol", "off", "off")]
    public void The_record_names_sampling_and_importance_and_replays_to_the_same_bits(string sampling, string? importance, string recorded)
    {
        string[] option = importance is null ? [] : ["--importance", importance];
        Assert.Equal(ExitCode.Done, Invocation.Of(["run", set, "--sampling", sampling, .. option, "--out", folder["out"], "--quiet"]).Code);

        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(folder["out/run-record.json"]));
        JsonElement settings = record.RootElement.GetProperty("settings");
        Assert.Equal(sampling, settings.GetProperty("sampling").GetString());
        Assert.Equal(recorded, settings.GetProperty("importance").GetString());
        Invocation replay = Invocation.Of("replay", folder["out"]);
        Assert.Equal("", replay.Error);
        Assert.Equal(ExitCode.Done, replay.Code);
    }

    [Fact]
    public void A_record_from_before_the_setting_replays_without_importance_sampling()
    {
        Invocation.Of("run", set, "--out", folder["out"], "--quiet");
        RecordedFolder.MakeLayout1(folder["out/run-record.json"], record => record["settings"]!.AsObject().Remove("importance"));

        Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["out"]).Code);
    }

    [Fact]
    public void The_keys_of_run_json_are_the_options()
    {
        Invocation.Of("run", set, "--sampling", "sobol", "--importance", "off", "--out", folder["options"], "--quiet");
        string run = Path.Combine(set, "run.json");
        File.WriteAllText(run, File.ReadAllText(run).Replace("\"precision\"", "\"sampling\": \"sobol\", \"importance\": \"off\", \"precision\"", StringComparison.Ordinal));
        Invocation.Of("run", set, "--out", folder["keys"], "--quiet");

        Assert.Equal(File.ReadAllText(folder["options/margins.csv"]), File.ReadAllText(folder["keys/margins.csv"]));
    }

    [Theory]
    [InlineData("scenarios")]
    [InlineData("pnl", "--all")]
    public void Files_of_weighted_scenarios_tell_the_weight_behind_the_number(string command, params string[] more)
    {
        Invocation.Of([command, set, "--sampling", "sobol", "--out", folder["w.csv"], .. more]);
        Invocation.Of([command, set, "--sampling", "sobol", "--importance", "off", "--out", folder["u.csv"], .. more]);

        string[][] rows = [.. File.ReadLines(folder["w.csv"]).Select(line => line.Split(','))];
        Assert.Equal(["scenario", "weight"], rows[0][..2]);
        double[] weights = [.. rows[1..].Select(row => double.Parse(row[1], CultureInfo.InvariantCulture))];
        Assert.All(weights, weight => Assert.InRange(weight, 0, 2));
        // 16 randomisations of 62 or 63 points, one in every 63rd or so of the distribution: a tenth of a random sample's error.
        Assert.InRange(weights.Average(), 0.99, 1.01);
        Assert.DoesNotContain("weight", File.ReadLines(folder["u.csv"]).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Importance_on_a_gaussian_copula_is_warned_of_and_changes_nothing()
    {
        string run = Path.Combine(set, "run.json");
        File.WriteAllText(run, File.ReadAllText(run).Replace("""{ "family": "student-t", "nu": 6.5 }""", """{ "family": "gaussian" }""", StringComparison.Ordinal));
        Invocation with = Invocation.Of("run", set, "--sampling", "sobol", "--importance", "on", "--out", folder["on"]);
        Invocation without = Invocation.Of("run", set, "--sampling", "sobol", "--out", folder["off"]);

        Assert.Contains("Importance sampling is on and has no effect", with.Error, StringComparison.Ordinal);
        Assert.Equal("", without.Error);
        Assert.Equal(File.ReadAllText(folder["on/margins.csv"]), File.ReadAllText(folder["off/margins.csv"]));
    }

    [Fact]
    public void Sobol_points_and_random_ones_agree_within_their_intervals()
    {
        Invocation.Of("run", set, "--scenarios", "40000", "--out", folder["philox"], "--quiet");
        Invocation.Of("run", set, "--scenarios", "40000", "--sampling", "sobol", "--out", folder["sobol"], "--quiet");

        string[][] random = [.. File.ReadLines(folder["philox/margins.csv"]).Skip(1).Select(Cells)];
        string[][] sobol = [.. File.ReadLines(folder["sobol/margins.csv"]).Skip(1).Select(Cells)];
        for (int account = 0; account < random.Length; account++)
        {
            // es_low and es_high are the last but three and two; two 95 % intervals that do not meet are a three-sigma event.
            double Number(string[] cells, int fromEnd) => double.Parse(cells[^fromEnd], CultureInfo.InvariantCulture);
            Assert.True(Number(random[account], 4) < Number(sobol[account], 3) && Number(sobol[account], 4) < Number(random[account], 3));
        }

        static string[] Cells(string line) => line.Split(',');
    }
}
