using System.Globalization;
using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Cli.Display;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class TargetErrorTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string set;

    public TargetErrorTests() => set = SmallSet.WriteTo(folder["set"]);

    public void Dispose() => folder.Dispose();

    string[][] Rows => [.. File.ReadLines(folder["out/margins.csv"]).Select(line => line.Replace("short, volatile", "short", StringComparison.Ordinal).Split(','))];

    Invocation Run(params string[] options) => Invocation.Of(["run", set, "--out", folder["out"], .. options]);

    [Fact]
    public void A_reached_target_ends_with_intervals_within_it_and_tells_the_scenarios_of_each_account()
    {
        Invocation run = Run("--target-error", "0.05");

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(["scenarios", "es_trusted"], Rows[0][^2..]);
        foreach (string[] row in Rows[1..])
        {
            double[] numbers = [.. row[^6..^1].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.InRange((numbers[2] - numbers[1]) / 2 / numbers[0], 0, 0.05);
            Assert.InRange(numbers[4], 1024, 1 << 20);
        }

        Assert.Contains("scenarios |", run.Output, StringComparison.Ordinal);
        Assert.Contains("up to ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_target_names_the_accounts_with_exit_code_4_and_writes_their_margins()
    {
        Invocation run = Run("--target-error", "0.05", "--max-scenarios", "5000");

        Assert.Equal(ExitCode.CheckFailed, run.Code);
        string[] missed = [.. Missed()];
        Assert.Contains("short, volatile", missed);
        Assert.All(missed, name => Assert.Contains($"{name}: expected shortfall within ±", run.Error, StringComparison.Ordinal));
        Assert.Contains("after 5,000 scenarios, asked for ±5 %", run.Error, StringComparison.Ordinal);
        Assert.Contains($"gpumargin: {missed.Length} of 3 accounts missed the target error; the margins are written", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, Rows.Length);
        Assert.Equal(missed.Length, Rows.Count(row => row[^2] == "5000"));
    }

    [Fact]
    public void Quiet_tells_a_missed_target_by_the_exit_code_and_the_record_alone()
    {
        Invocation run = Run("--target-error", "0.001", "--max-scenarios", "2000", "--quiet");

        Assert.Equal(new Invocation(ExitCode.CheckFailed, "", ""), run);
        Assert.Equal(["long", "covered", "short, volatile"], Missed());
    }

    [Fact]
    public void Json_carries_scenarios_and_the_accounts_that_missed()
    {
        using JsonDocument json = JsonDocument.Parse(Run("--target-error", "0.001", "--max-scenarios", "2000", "--json").Output);

        Assert.All(json.RootElement.GetProperty("margins").EnumerateArray(), row => Assert.Equal(2000, row.GetProperty("scenarios").GetInt32()));
        Assert.Equal(3, json.RootElement.GetProperty("record").GetProperty("missedTarget").GetArrayLength());
    }

    [Theory]
    [InlineData("philox", "off", "0.05")]
    [InlineData("sobol", "on", "0.03")]
    [InlineData("philox", "on", "0.001")]
    public void The_record_replays_to_the_same_bits(string sampling, string importance, string target)
    {
        Run("--target-error", target, "--max-scenarios", "9000", "--sampling", sampling, "--importance", importance, "--quiet");

        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(folder["out/run-record.json"]));
        JsonElement settings = record.RootElement.GetProperty("settings");
        Assert.Equal(target, settings.GetProperty("targetError").GetRawText());
        Assert.Equal(9000, settings.GetProperty("maxScenarios").GetInt32());
        Assert.Equal(Rows[1..].Max(row => int.Parse(row[^2], CultureInfo.InvariantCulture)), record.RootElement.GetProperty("counts").GetProperty("scenarios").GetInt32());
        Invocation replay = Invocation.Of("replay", folder["out"], "--threads", "1");
        Assert.Equal("", replay.Error);
        Assert.Equal(ExitCode.Done, replay.Code);
    }

    [Fact]
    public void The_keys_of_run_json_are_the_options()
    {
        Run("--target-error", "0.04", "--max-scenarios", "6000", "--quiet");
        string run = Path.Combine(set, "run.json");
        File.WriteAllText(run, File.ReadAllText(run).Replace("\"precision\"", "\"targetError\": 0.04, \"maxScenarios\": 6000, \"precision\"", StringComparison.Ordinal));
        Invocation.Of("run", set, "--out", folder["keys"], "--quiet");

        Assert.Equal(File.ReadAllText(folder["out/margins.csv"]), File.ReadAllText(folder["keys/margins.csv"]));
    }

    [Fact]
    public void Without_a_target_there_is_no_trace_of_it()
    {
        Run("--quiet");

        Assert.Equal(["margin", "es_trusted"], Rows[0][^2..]);
        string record = File.ReadAllText(folder["out/run-record.json"]);
        Assert.DoesNotContain("target", record, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("maxScenarios", record, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_sees_a_line_for_every_checkpoint()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(ExitCode.Done, GpuMarginProgram.Run(["run", set, "--target-error", "0.2"], new Terminal(output, error, 100, ShowsProgress: true)));

        Assert.Contains("1,024 scenarios: ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("3 of 3 accounts are within ±20 %", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void More_accounts_than_fit_a_screen_are_counted()
    {
        File.AppendAllLines(Path.Combine(set, "positions.csv"), Enumerable.Range(0, 30).Select(i => $"more{i},BETA-P38,-{i + 1}"));

        Invocation run = Run("--target-error", "0.001", "--max-scenarios", "1000");

        Assert.Equal(MissedTarget.LinesShown, run.Error.Split('\n').Count(line => line.Contains("expected shortfall within", StringComparison.Ordinal)));
        Assert.Contains("… and 13 more; run-record.json names them all", run.Error, StringComparison.Ordinal);
    }

    IEnumerable<string> Missed()
    {
        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(folder["out/run-record.json"]));
        return [.. record.RootElement.GetProperty("missedTarget").EnumerateArray().Select(name => name.GetString()!)];
    }
}
