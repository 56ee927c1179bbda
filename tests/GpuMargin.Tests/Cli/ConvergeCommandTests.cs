using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class ConvergeCommandTests : IDisposable
{
    static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    static readonly string[] s_methods = ["philox", "importance", "sobol", "sobol+importance"];

    static readonly string[] s_rows = ["account,long", "account,covered", "account,short", "median,", "quantile90,", "worst,"];

    static readonly int[] s_scenarios = [1024, 2048, 4096];

    static readonly string[] s_seeds = ["7", "8"];

    static readonly string[] s_box = ["x", "y", "width", "height"];

    readonly TemporaryFolder folder = new();
    readonly string set;

    public ConvergeCommandTests() => set = SmallSet.WriteTo(folder["set"]);

    public void Dispose() => folder.Dispose();

    string[][] Rows => [.. File.ReadLines(folder["out/convergence.csv"]).Select(line => line.Replace("\"short, volatile\"", "short", StringComparison.Ordinal).Split(','))];

    Invocation Converge(params string[] options) => Invocation.Of(["converge", set, "--scenarios-max", "4096", "--repeats", "3", "--out", folder["out"], .. options]);

    static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    [Fact]
    public void Every_method_number_of_scenarios_account_and_statistic_has_a_row()
    {
        Invocation run = Converge();

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(["method", "scenarios", "seconds", "statistic", "account", "es", "standard_error", "half_width", "widest_half_width", "relative_standard_error", "relative_half_width", "trusted_share"], Rows[0]);
        string[] expected =
        [
            .. from method in s_methods
               from scenarios in s_scenarios
               from statistic in s_rows
               select $"{method},{scenarios},{statistic}",
        ];
        Assert.Equal(expected, Rows[1..].Select(row => $"{row[0]},{row[1]},{row[3]},{row[4]}"));
        Assert.Equal(["convergence.csv", "convergence.svg"], Directory.GetFiles(folder["out"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Statistics_are_those_of_the_accounts_and_relative_errors_those_of_the_amounts()
    {
        Converge();
        foreach (IGrouping<(string, string), string[]> point in Rows[1..].GroupBy(row => (row[0], row[1])))
        {
            string[][] accounts = [.. point.Where(row => row[3] == "account")];
            foreach (string[] row in accounts)
            {
                Assert.Equal(Number(row[6]) / Number(row[5]), Number(row[9]));
                Assert.Equal(Number(row[7]) / Number(row[5]), Number(row[10]));
            }

            double[] widths = [.. accounts.Select(row => Number(row[10])).Order()];
            Assert.Equal(widths[1], Number(Assert.Single(point, row => row[3] == "median")[10]));
            Assert.Equal(widths[2], Number(Assert.Single(point, row => row[3] == "worst")[10]));
        }
    }

    [Fact]
    public void Repeats_are_runs_with_the_seeds_that_follow()
    {
        // The median of two runs: seeds 7 and 8.
        Invocation.Of("converge", set, "--scenarios-max", "2048", "--repeats", "2", "--out", folder["out"]);
        double[] shortfalls = [.. s_seeds.Select(seed =>
        {
            Invocation.Of("run", set, "--seed", seed, "--scenarios", "2048", "--sampling", "sobol", "--out", folder[seed], "--quiet");
            return Number(File.ReadLines(folder[$"{seed}/margins.csv"]).ElementAt(1).Split(',')[6]);
        })];

        string[] row = Assert.Single(Rows, row => row[0] == "sobol+importance" && row[1] == "2048" && row[4] == "long");
        Assert.Equal((shortfalls[0] + shortfalls[1]) / 2, Number(row[5]));
        // |x − y|/√2 by another order of operations.
        Assert.Equal(1, Math.Abs(shortfalls[0] - shortfalls[1]) / Math.Sqrt(2) / Number(row[6]), 1e-9);
    }

    [Fact]
    public void The_picture_is_well_formed_and_every_point_lies_inside_its_panel()
    {
        Converge();
        XElement svg = XDocument.Load(folder["out/convergence.svg"]).Root!;

        Assert.Equal(s_svg + "svg", svg.Name);
        XElement[] lines = [.. svg.Elements(s_svg + "polyline")];
        Assert.Equal(2 * 2 * 4, lines.Length); // panels, statistics, methods
        double[][] panels = [.. svg.Elements(s_svg + "rect").Where(rect => (string?)rect.Attribute("fill") == "none")
            .Select(rect => s_box.Select(name => Number(rect.Attribute(name)!.Value)).ToArray())];
        Assert.Equal(2, panels.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            double[] panel = panels[i / 8];
            double[][] points = [.. lines[i].Attribute("points")!.Value.Split(' ').Select(point => point.Split(',').Select(Number).ToArray())];
            Assert.Equal(3, points.Length);
            Assert.All(points, point =>
            {
                Assert.InRange(point[0], panel[0], panel[0] + panel[2]);
                Assert.InRange(point[1], panel[1], panel[1] + panel[3]);
            });
            if (i < 8)
            {
                // Scenarios. The other panel's seconds are measured, so more scenarios may have taken less.
                Assert.True(points[0][0] < points[1][0] && points[1][0] < points[2][0]);
            }
        }

        string[] texts = [.. svg.Elements(s_svg + "text").Select(text => text.Value)];
        Assert.Superset(new HashSet<string>([.. s_methods, "scenarios", "seconds of the engine", "±1 %", "±10 %", "2,000"]), new HashSet<string>(texts));
    }

    [Fact]
    public void A_gaussian_copula_has_no_importance_sampling_and_the_table_says_so()
    {
        string run = Path.Combine(set, "run.json");
        File.WriteAllText(run, File.ReadAllText(run).Replace("""{ "family": "student-t", "nu": 6.5 }""", """{ "family": "gaussian" }""", StringComparison.Ordinal));

        Invocation converge = Converge();

        Assert.Contains("importance: not available, the copula is Gaussian", converge.Output, StringComparison.Ordinal);
        Assert.Contains("sobol+importance: not available, the copula is Gaussian", converge.Output, StringComparison.Ordinal);
        Assert.Equal(["philox", "sobol"], Rows[1..].Select(row => row[0]).Distinct());
        Assert.Contains("importance (not available)", XDocument.Load(folder["out/convergence.svg"]).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void One_account_is_shown_and_studied_alone()
    {
        Invocation run = Converge("--account", "covered");

        Assert.Equal(["covered", ""], Rows[1..].Select(row => row[4]).Distinct());
        Assert.Contains("| covered ", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, Converge("--account", "coverd").Code);
    }

    [Fact]
    public void An_account_without_positions_has_no_relative_error_and_no_place_in_the_statistics()
    {
        File.AppendAllText(Path.Combine(set, "positions.csv"), "empty,ALFA,0\n");

        Invocation run = Converge();

        Assert.All(Rows.Where(row => row[4] == "empty"), row => Assert.Equal(["0", "0", "0", "0", "", "", "1"], row[5..]));
        Assert.Contains("1 of 4 accounts", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Converge("--account", "empty").Code);
        Assert.Contains("No account", XDocument.Load(folder["out/convergence.svg"]).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_states_what_one_percent_takes()
    {
        using JsonDocument json = JsonDocument.Parse(Converge("--json").Output);

        JsonElement[] methods = [.. json.RootElement.GetProperty("methods").EnumerateArray()];
        Assert.Equal(4, methods.Length);
        foreach (JsonElement method in methods)
        {
            JsonElement median = method.GetProperty("onePercent")[0];
            Assert.Equal("median", median.GetProperty("statistic").GetString());
            // 4,096 scenarios give ±4 % or more; what is said of ±1 % is beyond them.
            Assert.True(median.GetProperty("extrapolated").GetBoolean());
            Assert.True(median.GetProperty("scenarios").GetDouble() > 4096);
        }
    }

    [Fact]
    public void Too_few_scenarios_for_a_tail_are_refused_and_a_target_in_run_json_is_no_obstacle()
    {
        string run = Path.Combine(set, "run.json");
        File.WriteAllText(run, File.ReadAllText(run).Replace("\"precision\"", "\"targetError\": 0.01, \"maxScenarios\": 1000, \"precision\"", StringComparison.Ordinal));

        Invocation refused = Invocation.Of("converge", set, "--scenarios-max", "99");

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("--scenarios-max: found '99', expected at least 100 scenarios for confidence 0.99", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Converge().Code);
    }
}
