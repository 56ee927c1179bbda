using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using GpuMargin.Cli;
using GpuMargin.Reporting;
using GpuMargin.Tests.Backtesting;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class RollCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public RollCommandTests() => HistoryFiles.WriteTo(folder.Path);

    public void Dispose() => folder.Dispose();

    Invocation Roll(params string[] options) => Invocation.Of(["roll", folder.Path, .. options]);

    static string[] Range => ["--from", HistoryFiles.Date(100), "--to", HistoryFiles.Date(106)];

    [Fact]
    public void A_roll_writes_a_row_per_day_and_account_a_summary_and_a_picture()
    {
        Invocation rolled = Roll([.. Range, "--step", "2"]);
        Assert.Equal(ExitCode.Done, rolled.Code);
        string[] rows = File.ReadAllLines(folder["out/roll.csv"]);
        Assert.Equal(1 + 7 * 2, rows.Length);
        Assert.StartsWith("day,account,value,var,es,margin,margin_buffer,margin_stress,margin_floor,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith($"{HistoryFiles.Date(100)},DESK,", rows[1], StringComparison.Ordinal);
        Assert.Equal(1 + 3 * 4, File.ReadAllLines(folder["out/roll-summary.csv"]).Length);
        Assert.All(["DESK", "OTHER", "margin_floor", "half, days", "7 days 2000-04-11 to 2000-04-17"], text => Assert.Contains(text, rolled.Output, StringComparison.Ordinal));

        XElement picture = XDocument.Load(folder["out/roll.svg"]).Root!;
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(svg + "svg", picture.Name);
        Assert.Equal(8, picture.Elements(svg + "path").Count()); // four requirements, two volatilities, two correlations
        foreach (XElement path in picture.Elements(svg + "path"))
        {
            Assert.Equal(7, path.Attribute("d")!.Value.Count(letter => letter is 'M' or 'L'));
        }
    }

    [Fact]
    public void Under_a_policy_the_requirement_and_its_components_are_rolled()
    {
        using TemporaryFolder policy = new();
        File.WriteAllText(policy["policy.json"], """{"version":1,"dependence":{"weight":0.25},"liquidity":{"impact":"linear"},"offsetLimit":0.8}""");
        File.WriteAllText(policy["liquidity.csv"], "underlying,half_spread,average_daily_volume\nAAA,0.001,10000\nBBB,0.002,10000\n");
        Invocation rolled = Roll([.. Range, "--step", "2", "--policy", policy.Path]);
        Assert.Equal(ExitCode.Done, rolled.Code);
        Assert.Contains("warning: offsetLimit of policy.json has no effect", rolled.Error, StringComparison.Ordinal);
        Assert.All(["| requirement ", "|   base ", "|   stress ", "|   liquidity "], text => Assert.Contains(text, rolled.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("|   floor ", rolled.Output, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(folder["out/roll-requirements.csv"]);
        Assert.Equal(1 + 7 * 2, rows.Length);
        Assert.StartsWith("day,account,pnl,exceedance,member,netting_set,base,", rows[0], StringComparison.Ordinal);
        Assert.Equal(rows[0].Split(',').Length, rows[0].Split(',').Distinct().Count());
        XElement picture = XDocument.Load(folder["out/roll.svg"]).Root!;
        Assert.Equal(11, picture.Elements(picture.Name.Namespace + "path").Count()); // a fifth requirement, two parts of it

        using JsonDocument printed = JsonDocument.Parse(Roll([.. Range, "--json", "--policy", policy.Path]).Output);
        Assert.Equal("requirement", printed.RootElement.GetProperty("total")[4].GetProperty("requirement").GetString());

        Assert.Equal(ExitCode.Done, Roll([.. Range, "--quiet"]).Code);
        Assert.False(File.Exists(folder["out/roll-requirements.csv"])); // of another roll than the files beside it
    }

    [Fact]
    public void A_name_that_xml_does_not_have_is_drawn_all_the_same()
    {
        string positions = File.ReadAllText(folder["positions.csv"]);
        File.WriteAllText(folder["positions.csv"], positions.Replace("OTHER", "A<&>\"B", StringComparison.Ordinal).Replace("A<&>\"B", "\"A<&>\"\"B\"", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, Roll([.. Range, "--account", "A<&>\"B", "--quiet"]).Code);
        Assert.Contains(XDocument.Load(folder["out/roll.svg"]).Root!.Elements(), element => element.Value == "Margin of A<&>\"B");
    }

    [Fact]
    public void Json_has_the_measures_of_every_requirement()
    {
        using JsonDocument printed = JsonDocument.Parse(Roll([.. Range, "--json", "--step", "3"]).Output);
        JsonElement root = printed.RootElement;
        Assert.Equal(7, root.GetProperty("days").GetInt32());
        JsonElement account = root.GetProperty("accounts")[0];
        Assert.Equal(("DESK", 5), (account.GetProperty("account").GetString(), account.GetProperty("periods").GetInt32()));
        Assert.Equal(RollOptionWord.All.Select(RollOptionWord.Of), account.GetProperty("requirements").EnumerateArray().Select(row => row.GetProperty("requirement").GetString()));
        JsonElement total = root.GetProperty("total")[0];
        double highest = File.ReadAllLines(folder["out/roll.csv"]).Skip(1).Select(row => row.Split(',')).GroupBy(row => row[0])
            .Max(day => day.Sum(row => double.Parse(row[5], CultureInfo.InvariantCulture)));
        Assert.Equal(highest, total.GetProperty("highest").GetDouble());
    }

    public static TheoryData<string[], string> Refusals => new()
    {
        { ["--from", "1999-01-01", "--to", "1999-02-01"], "--to: found '1999-02-01', expected a day of history.csv, 2000-01-03 to 2000-04-30" },
        { ["--from", "2001-01-01", "--to", "2001-02-01"], "--from: found '2001-01-01', expected a day of history.csv" },
        { ["--from", "2000-04-20", "--to", "2000-04-10"], "--to: found '2000-04-10', expected a day that is not before --from, 2000-04-20" },
        { ["--from", "2000-01-10"], "--from: found '2000-01-10', expected a day on which 20 returns are known: 2000-01-22 or later" },
        { ["--from", "20 April"], "--from: found '20 April', expected an ISO date" },
        { ["--from", "2000-04-20", "--account", "DESC"], "--account: no account is called 'DESC'; the nearest is 'DESK'" },
        { ["--from", "2000-04-20", "--step", "0.5"], "--step: found '0.5', expected a number above 1" },
        { ["--from", "2000-04-20", "--policy", "nowhere"], "nowhere: expected a folder with policy.json" },
        { ["--from", "2000-04-20", "--returns"], "--returns: a roll needs prices" },
        { [], "--from" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_rolled_is_refused_and_nothing_is_written(string[] options, string told)
    {
        var before = folder.Snapshot();
        Invocation refused = Roll(options);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_device_is_used_where_it_is_asked_for_and_changes_no_byte()
    {
        var devices = new FakeDevices(Failure.None);
        Invocation.Of(devices.Source, ["roll", folder.Path, .. Range, "--quiet"]);
        Assert.Empty(devices.Opened);
        var processor = folder.Snapshot();
        Assert.Equal(ExitCode.Done, Invocation.Of(devices.Source, ["roll", folder.Path, .. Range, "--quiet", "--backend", "cuda"]).Code);
        Assert.True(Assert.Single(devices.Opened).Disposed);
        Assert.Equal(processor, folder.Snapshot());
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        Roll([.. Range, "--quiet", "--threads", "1"]);
        var one = folder.Snapshot();
        Roll([.. Range, "--quiet", "--threads", "4"]);
        Assert.Equal(one, folder.Snapshot());
    }
}
