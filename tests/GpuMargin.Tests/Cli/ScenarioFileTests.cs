using System.Globalization;
using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class ScenarioFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string set;

    public ScenarioFileTests() => set = SmallSet.WriteTo(folder["set"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scenarios_has_a_row_per_scenario_from_zero_and_a_column_per_factor()
    {
        Invocation run = Invocation.Of("scenarios", set, "--out", folder["s.csv"]);

        Assert.Equal(new Invocation(ExitCode.Done, run.Output, ""), run);
        string[] lines = File.ReadAllText(folder["s.csv"]).Split('\n');
        Assert.Equal("scenario,ALFA,BETA,VOL", lines[0]);
        Assert.Equal(Enumerable.Range(0, 1000).Select(row => row.ToString(CultureInfo.InvariantCulture)), lines[1..^1].Select(line => line.Split(',')[0]));
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void Factors_selects_columns_in_the_order_asked_for()
    {
        Invocation.Of("scenarios", set, "--out", folder["all.csv"]);
        Invocation.Of("scenarios", set, "--out", folder["two.csv"], "--factors", "VOL, ALFA");

        Assert.Equal(
            File.ReadLines(folder["all.csv"]).Select(line => line.Split(',')).Select(cells => $"{cells[0]},{cells[3]},{cells[1]}"),
            File.ReadLines(folder["two.csv"]));
    }

    [Theory]
    [InlineData("scenario")]
    [InlineData("weight")]
    public void An_account_cannot_be_written_under_a_name_that_heads_another_column(string name)
    {
        string positions = Path.Combine(set, "positions.csv");
        File.WriteAllText(positions, File.ReadAllText(positions).Replace("covered,", $"{name},", StringComparison.Ordinal));

        Invocation refused = Invocation.Of("pnl", set, "--all", "--out", folder["p.csv"]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains($"positions.csv: an account is called '{name}'", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["p.csv"]));
        Assert.Equal(ExitCode.Done, Invocation.Of("pnl", set, "--account", "long", "--out", folder["p.csv"]).Code);
    }

    [Fact]
    public void Mixed_precision_shocks_are_the_shortest_text_of_a_single()
    {
        Invocation.Of("scenarios", set, "--out", folder["s.csv"], "--precision", "mixed", "--scenarios", "150");

        Assert.All(File.ReadLines(folder["s.csv"]).Skip(1).SelectMany(line => line.Split(',')[1..]), cell =>
            Assert.Equal(cell, float.Parse(cell, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Pnl_of_a_spot_account_is_its_value_times_the_growth_that_scenarios_tells()
    {
        Invocation.Of("scenarios", set, "--out", folder["s.csv"]);
        Invocation.Of("pnl", set, "--account", "long", "--out", folder["p.csv"]);

        // Exp here and in the kernel may each be off by a few units in the last place of S'/S, which is near 1.
        const double Tolerance = 200 * 100 * 1e-14;
        string[] shocks = File.ReadAllLines(folder["s.csv"]), pnl = File.ReadAllLines(folder["p.csv"]);
        Assert.Equal("scenario,long", pnl[0]);
        for (int row = 1; row < shocks.Length; row++)
        {
            double shock = double.Parse(shocks[row].Split(',')[1], CultureInfo.InvariantCulture);
            double found = double.Parse(pnl[row].Split(',')[1], CultureInfo.InvariantCulture);
            Assert.Equal(200 * 100 * (Math.Exp(shock) - 1), found, Tolerance);
        }
    }

    [Fact]
    public void Pnl_of_all_accounts_has_the_columns_of_each_alone()
    {
        Invocation.Of("pnl", set, "--all", "--out", folder["all.csv"]);
        Invocation.Of("pnl", set, "--account", "short, volatile", "--account", "covered", "--out", folder["two.csv"]);

        Assert.Equal("scenario,long,covered,\"short, volatile\"", File.ReadLines(folder["all.csv"]).First());
        Assert.Equal("scenario,\"short, volatile\",covered", File.ReadLines(folder["two.csv"]).First());
        Assert.Equal(
            File.ReadLines(folder["all.csv"]).Skip(1).Select(line => line.Split(',')).Select(cells => $"{cells[0]},{cells[3]},{cells[2]}"),
            File.ReadLines(folder["two.csv"]).Skip(1));
    }

    [Theory]
    [InlineData("scenarios", "--factors", "ALFA,BTEA", "no factor is called 'BTEA'; the nearest is 'BETA'")]
    [InlineData("pnl", "--account", "Long", "no account is called 'Long'; the nearest is 'long'")]
    public void An_unknown_name_is_refused_with_the_nearest_one(string command, string option, string name, string told)
    {
        Invocation refused = Invocation.Of(command, set, option, name, "--out", folder["x.csv"]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["x.csv"]));
    }

    [Theory]
    [InlineData("positions.csv", "input of the clearing set")]
    [InlineData("", "folder")]
    public void A_file_that_must_not_be_overwritten_is_refused(string name, string told)
    {
        var before = folder.Snapshot();

        Invocation refused = Invocation.Of("pnl", set, "--all", "--out", Path.Combine(set, name));

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Theory]
    [InlineData("scenarios")]
    [InlineData("pnl", "--all")]
    public void Json_output_names_the_file_and_its_columns(string command, params string[] more)
    {
        Invocation run = Invocation.Of([command, set, "--out", folder["x.csv"], "--json", .. more]);

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(folder["x.csv"], json.RootElement.GetProperty("file").GetString());
        Assert.Equal(1000, json.RootElement.GetProperty("scenarios").GetInt32());
        Assert.Equal(3, json.RootElement.GetProperty("columns").GetArrayLength());
    }

    [Theory]
    [InlineData("scenarios")]
    [InlineData("pnl", "--all")]
    public void A_cancelled_command_leaves_an_earlier_file_as_it_was(string command, params string[] more)
    {
        File.WriteAllText(folder["x.csv"], "earlier");
        var before = folder.Snapshot();

        Invocation stopped = Invocation.Of([command, set, "--out", folder["x.csv"], .. more], new CancellationToken(canceled: true));

        Assert.Equal(ExitCode.Interrupted, stopped.Code);
        Assert.Equal(before, folder.Snapshot());
    }
}
