using System.Globalization;
using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Reporting;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class RunCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string set;

    public RunCommandTests() => set = SmallSet.WriteTo(folder["set"]);

    public void Dispose() => folder.Dispose();

    string Out => Path.Combine(set, "out");

    [Fact]
    public void A_run_writes_margins_and_record_and_prints_the_worst_account_first()
    {
        Invocation run = Invocation.Of("run", set);

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(["margins.csv", "run-record.json"], Directory.GetFiles(Out).Select(Path.GetFileName).Order());
        string[] lines = run.Output.Split('\n');
        int first = Array.FindIndex(lines, line => line.Contains("short, volatile", StringComparison.Ordinal));
        int last = Array.FindIndex(lines, line => line.Contains("covered", StringComparison.Ordinal));
        Assert.InRange(first, 0, last);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.All(run.Output.Replace("±", "", StringComparison.Ordinal), letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public void Margins_csv_has_the_columns_and_the_account_order_of_the_contract()
    {
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--quiet").Code);

        string[] lines = File.ReadAllText(Path.Combine(Out, "margins.csv")).Split('\n');
        Assert.Equal("account,positions,value,var,var_low,var_high,es,es_low,es_high,margin,es_trusted", lines[0]);
        Assert.StartsWith("long,1,20000,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("covered,2,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("\"short, volatile\",2,", lines[3], StringComparison.Ordinal);
        Assert.Equal(["", .. lines[4..]], [.. lines[4..], ""]);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void The_record_names_settings_inputs_and_outputs_by_their_hashes()
    {
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--seed", "18446744073709551615", "--confidence", "0.975", "--quiet").Code);

        RunRecord record = RunRecord.FromJson(File.ReadAllBytes(Path.Combine(Out, "run-record.json")));
        Assert.Equal(ulong.MaxValue, record.Settings.Seed);
        Assert.Equal(0.975m, record.Settings.Confidence);
        Assert.Equal("..", record.ClearingSet);
        Assert.Equal(SmallSet.Files.Keys.Order(StringComparer.Ordinal), record.Inputs.Select(input => input.Name));
        Assert.Equal(new RunCounts(3, 4, 3, 5, 1000), record.Counts);
        Assert.Matches("^[0-9a-f]{64}$", record.ProfitAndLossSha256);
        byte[] margins = File.ReadAllBytes(Path.Combine(Out, "margins.csv"));
        RecordedFile output = Assert.Single(record.Outputs);
        Assert.Equal(new RecordedFile("margins.csv", margins.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(margins))), output);
        Assert.InRange(record.Timings.Total, record.Timings.Read + record.Timings.Engine, double.MaxValue);
    }

    [Fact]
    public void Threads_change_no_byte_of_the_margins()
    {
        Invocation.Of("run", set, "--threads", "1", "--out", folder["one"]);
        Invocation.Of("run", set, "--threads", "3", "--out", folder["three"]);

        Assert.Equal(File.ReadAllBytes(folder["one/margins.csv"]), File.ReadAllBytes(folder["three/margins.csv"]));
    }

    [Fact]
    public void Json_output_carries_the_same_amounts_as_the_file()
    {
        Invocation run = Invocation.Of("run", set, "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement[] rows = [.. json.RootElement.GetProperty("margins").EnumerateArray()];
        string[] lines = File.ReadAllLines(Path.Combine(Out, "margins.csv"));
        Assert.Equal(3, rows.Length);
        Assert.Equal(
            lines[1..].Select(line => line.Split(',')[^2]),
            rows.Select(row => row.GetProperty("margin").GetDouble().ToString("R", CultureInfo.InvariantCulture)));
        Assert.Equal(
            lines[1..].Select(line => line.Split(',')[^1]),
            rows.Select(row => row.GetProperty("esTrusted").GetBoolean() ? "true" : "false"));
        Assert.Equal(JsonValueKind.Object, json.RootElement.GetProperty("record").ValueKind);
    }

    [Fact]
    public void Quiet_prints_nothing()
    {
        Invocation run = Invocation.Of("run", set, "--quiet");

        Assert.Equal(new Invocation(ExitCode.Done, "", ""), run);
    }

    [Fact]
    public void A_refused_set_shows_twenty_faults_and_a_count_and_leaves_earlier_output_untouched()
    {
        Invocation.Of("run", set, "--quiet");
        File.AppendAllLines(Path.Combine(set, "positions.csv"), Enumerable.Range(0, 25).Select(row => $"long,ALFA,x{row}"));
        var before = folder.Snapshot();

        Invocation refused = Invocation.Of("run", set);

        Assert.Equal(ExitCode.Refused, refused.Code);
        string[] lines = refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(21, lines.Length);
        Assert.StartsWith("positions.csv:7: quantity: found 'x0', expected", lines[0], StringComparison.Ordinal);
        Assert.Contains("5 more", lines[20], StringComparison.Ordinal);
        Assert.Empty(refused.Output);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_refused_set_makes_no_output_folder()
    {
        File.Delete(Path.Combine(set, "factors.csv"));

        Invocation refused = Invocation.Of("run", set, "--out", folder["a/b"]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("factors.csv", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["a"]));
    }

    [Theory]
    [InlineData("--scenarios", "0")]
    [InlineData("--scenarios", "99")]
    [InlineData("--scenarios", "2000000000")]
    [InlineData("--confidence", "1")]
    [InlineData("--confidence", "0.4999")]
    [InlineData("--horizon", "-1")]
    public void An_option_out_of_range_is_refused_by_its_name(string option, string value)
    {
        Invocation refused = Invocation.Of("run", set, option, value);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains($"{option}: found '{value}', expected", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void Faults_are_json_when_asked_for()
    {
        File.AppendAllText(Path.Combine(set, "positions.csv"), "long,ALPHA,5\n");

        Invocation refused = Invocation.Of("run", set, "--json");

        using JsonDocument json = JsonDocument.Parse(refused.Output);
        JsonElement fault = Assert.Single(json.RootElement.GetProperty("faults").EnumerateArray());
        Assert.Equal("positions.csv", fault.GetProperty("file").GetString());
        Assert.Equal(7, fault.GetProperty("line").GetInt32());
        Assert.Equal("ALPHA", fault.GetProperty("found").GetString());
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_refused_before_anything_is_computed()
    {
        File.WriteAllText(folder["taken"], "mine");

        Invocation refused = Invocation.Of("run", set, "--out", folder["taken"]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Equal("mine", File.ReadAllText(folder["taken"]));
        Assert.Contains("taken", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_leaves_nothing()
    {
        var before = folder.Snapshot();

        Invocation stopped = Invocation.Of(["run", set], new CancellationToken(canceled: true));

        Assert.Equal(ExitCode.Interrupted, stopped.Code);
        Assert.Equal(before, folder.Snapshot());
    }
}
