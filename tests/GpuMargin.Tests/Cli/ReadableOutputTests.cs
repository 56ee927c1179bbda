using System.Text;
using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Names of the input do not move the cursor, hide, forge lines or flood a terminal.</summary>
public sealed class ReadableOutputTests : IDisposable
{
    const string Hostile = "lo\u202eng\u200b";

    readonly TemporaryFolder folder = new();
    readonly string set;

    public ReadableOutputTests() => set = SmallSet.WriteTo(folder["set"]);

    public void Dispose() => folder.Dispose();

    void Rename(string name)
    {
        string positions = Path.Combine(set, "positions.csv");
        File.WriteAllText(positions, File.ReadAllText(positions).Replace("long,", $"{name},", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_shows_names_in_full_view_and_bounded()
    {
        Rename(Hostile + new string('x', 10_000));

        Invocation run = Invocation.Of("run", set);

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("lo\\u202eng\\u200bxxx", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 300));
        Assert.All(run.Output + run.Error, c => Assert.False(char.IsControl(c) && c != '\n'));
        Assert.Contains("hold characters that do not show", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_name_itself_in_escapes()
    {
        Rename(Hostile);

        Invocation run = Invocation.Of("run", set, "--json");

        Assert.DoesNotContain("\u202e", run.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(Hostile, json.RootElement.GetProperty("margins")[0].GetProperty("account").GetString());
    }

    [Fact]
    public void A_record_cannot_forge_a_line()
    {
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--quiet").Code);
        string record = Path.Combine(set, "out", "run-record.json");
        File.WriteAllText(record, File.ReadAllText(record).Replace("\"clearingSet\": \"..\"", "\"clearingSet\": \"x\\u001b[2J\\nsame bits: all\"", StringComparison.Ordinal));

        Invocation replay = Invocation.Of("replay", record);

        Assert.Equal(ExitCode.Refused, replay.Code);
        string line = Assert.Single(replay.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("x\\u001b[2J\\u000asame bits: all", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_have_four_kilobytes_at_most()
    {
        Invocation refused = Invocation.Of("pnl", set, "--account", new string('株', 100_000), "--out", folder["p.csv"]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.All(refused.Error.Split('\n'), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 4096));
        Assert.InRange(Invocation.Of("run", new string('x', 50_000)).Error.Length, 1, 4200);
    }
}
