using System.Globalization;
using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Reporting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>limits.csv and breaches.csv, exit codes of <c>--fail-on</c>, and comparison with <c>--since</c>.</summary>
public sealed class LimitTests : IDisposable
{
    const string Header = "scope,name,measure,kind,threshold\n";

    static readonly string[] s_short = ["--scenarios", "300", "--confidence", "0.9", "--threads", "1"];

    readonly TemporaryFolder folder = new();
    readonly string set;

    public LimitTests()
    {
        set = SmallSet.WriteTo(folder["set"]);
        Write("policy.json", """{"version":1}""");
        Write("accounts.csv", "account,member,type,netting_set\nlong,Northern,client,desk\ncovered,Northern,client,desk\n\"short, volatile\",Harbour,house,\n");
        Write("collateral.csv", "account,asset,quantity\nlong,USD,1000000\n\"short, volatile\",USD,100\n");
        Run("before", "--quiet");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("account,long,margin,absolute,", "margin", 0)]
    [InlineData("account,long,es,absolute,", "es", 0)]
    [InlineData("account,long,var,absolute,", "var", 0)]
    [InlineData("account,long,value,absolute,", "value", 0)]
    [InlineData("account,desk,requirement,absolute,", "requirement", 0)]
    [InlineData("account,covered,requirement,absolute,", "requirement", 0)]
    [InlineData("member,Harbour,call,absolute,", "call", 2)]
    [InlineData("member,Northern,margin,absolute,", "margin", -1)]
    public void An_amount_is_breached_above_its_threshold_and_not_at_it(string limit, string column, int row)
    {
        double amount = row < 0 ? Amount("before", 0, column) + Amount("before", 1, column) : Amount("before", row, column);

        Write("limits.csv", Header + limit + Text(amount) + "\n");
        Assert.Empty(Breaches());

        Write("limits.csv", Header + limit + Text(amount - 1) + "\n");
        string[] breach = Assert.Single(Breaches());
        Assert.Equal(limit.Split(',')[2..4], breach[2..4]);
        Assert.Equal([Text(amount - 1), Text(amount), "", Text(amount - 1)], breach[4..]);
    }

    [Fact]
    public void Relative_limits_are_shares_of_collateral()
    {
        double required = Amount("before", 0, "requirement"), collateral = Amount("before", 0, "collateral");
        double share = required / collateral;

        Write("limits.csv", $"{Header}account,desk,requirement,relative,{Text(share * 1.01)}\n");
        Assert.Empty(Breaches());

        Write("limits.csv", $"{Header}account,desk,requirement,relative,{Text(share * 0.99)}\naccount,covered,margin,relative,0\nmember,*,requirement,relative,1\n");
        string[][] breaches = Breaches();
        Assert.Equal(["account,desk,requirement", "account,covered,margin", "member,Harbour,requirement"], breaches.Select(row => string.Join(',', row[..3])));
        Assert.Equal([Text(collateral), Text(collateral), "100"], breaches.Select(row => row[6]));
    }

    [Fact]
    public void A_row_for_all_leaves_out_the_names_with_a_row_of_their_own()
    {
        Write("limits.csv", Header + "account,*,margin,absolute,0\naccount,long,margin,absolute,1e9\n");

        Assert.Equal(["covered", "short; volatile"], Breaches().Select(row => row[1]));
    }

    [Fact]
    public void Changes_are_measured_since_another_run_only()
    {
        Write("limits.csv", Header + "account,*,margin,change,0.5\naccount,long,margin,change,2\nmember,Northern,requirement,change,0.5\n");
        File.WriteAllText(Path.Combine(set, "positions.csv"), File.ReadAllText(Path.Combine(set, "positions.csv"))
            .Replace("long,ALFA,200", "long,ALFA,400", StringComparison.Ordinal).Replace("BETA-F,-50", "BETA-F,-200", StringComparison.Ordinal));

        Invocation alone = Run("out");
        Assert.Contains("warning: limits.csv: 3 limits of kind 'change' not checked, because there is no --since.", alone.Error, StringComparison.Ordinal);
        Assert.Empty(Rows("out/breaches.csv"));

        Invocation since = Run("out", "--since", folder["before"]);
        Assert.DoesNotContain("not checked", since.Error, StringComparison.Ordinal);
        string[][] breaches = Rows("out/breaches.csv");
        Assert.Equal(["account,short; volatile,margin", "member,Northern,requirement"], breaches.Select(row => string.Join(',', row[..3])));
        Assert.Equal(Text(Amount("before", 2, "margin")), breaches[0][6]);
        Assert.Equal(Text(1.5 * Amount("before", 2, "margin")), breaches[0][7]);
        Assert.Contains("change of margin by account since 2001-01-02, USD", since.Output, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(Run("out", "--since", folder["before"], "--json").Output);
        JsonElement[] margins = [.. json.RootElement.GetProperty("since").GetProperty("margins").EnumerateArray()];
        double[] sizes = [.. margins.Select(row => Math.Abs(row.GetProperty("change").GetDouble()))];
        Assert.Equal(sizes.OrderDescending(), sizes);
        JsonElement longs = margins.Single(row => row.GetProperty("name").GetString() == "long");
        Assert.Equal((Amount("before", 0, "margin"), Amount("out", 0, "margin")), (longs.GetProperty("then").GetDouble(), longs.GetProperty("now").GetDouble()));
        Assert.Equal(2, json.RootElement.GetProperty("since").GetProperty("requirements").GetArrayLength());
        Assert.Equal(2, json.RootElement.GetProperty("breaches").GetArrayLength());
        Assert.Equal("member", json.RootElement.GetProperty("breaches")[1].GetProperty("scope").GetString());
    }

    [Fact]
    public void A_run_without_a_policy_is_compared_by_its_margins()
    {
        foreach (string file in (string[])["policy.json", "accounts.csv", "collateral.csv"])
        {
            File.Delete(Path.Combine(set, file));
        }

        Assert.Equal(ExitCode.Done, Run("plain", "--spreadsheet-safe").Code);
        using JsonDocument json = JsonDocument.Parse(Run("out", "--since", folder["plain"], "--json").Output);

        JsonElement since = json.RootElement.GetProperty("since");
        Assert.All(since.GetProperty("margins").EnumerateArray(), row => Assert.Equal(0, row.GetProperty("change").GetDouble()));
        Assert.False(since.TryGetProperty("requirements", out _));
        Assert.Contains("no margin changed", Run("out", "--since", folder["plain"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_earlier_run_is_told_and_nothing_is_written()
    {
        File.AppendAllText(folder["before/margins.csv"], "x\n");

        Invocation told = Run("out", "--since", folder["before"]);

        Assert.Equal(ExitCode.CheckFailed, told.Code);
        Assert.Contains("margins.csv: was changed", told.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
        Assert.Equal(ExitCode.Refused, Run("out", "--since", folder["none"]).Code);
    }

    [Theory]
    [InlineData(ExitCode.Done)]
    [InlineData(ExitCode.CheckFailed, "--fail-on", "call")]
    [InlineData(ExitCode.CheckFailed, "--fail-on", "breach")]
    [InlineData(ExitCode.CheckFailed, "--fail-on", "call,breach")]
    [InlineData(ExitCode.CheckFailed, "--fail-on", "breach", "--fail-on", "call", "--quiet")]
    [InlineData(ExitCode.Refused, "--fail-on", "calls")]
    public void The_run_fails_only_when_asked_to(int code, params string[] options)
    {
        Write("limits.csv", Header + "account,*,margin,absolute,0\n");

        Invocation run = Run("out", options);

        Assert.Equal(code, run.Code);
        Assert.Equal(code != ExitCode.Refused, File.Exists(folder["out/run-record.json"]));
        Assert.Equal(options is [_, "call,breach"], run.Error.Contains("1 netting set has a call", StringComparison.Ordinal) && run.Error.Contains("3 limits are breached", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_to_fail_on_is_no_failure_and_a_set_that_cannot_fail_is_refused()
    {
        Write("limits.csv", Header + "account,*,margin,absolute,1e9\n");
        Write("collateral.csv", "account,asset,quantity\nlong,USD,1000000\n\"short, volatile\",USD,1000000\n");
        Invocation sound = Run("out", "--fail-on", "call,breach");
        Assert.Equal(ExitCode.Done, sound.Code);
        Assert.StartsWith("\nlimits: no breach of 1 row", sound.Output, StringComparison.Ordinal);

        File.Delete(Path.Combine(set, "limits.csv"));
        Assert.Contains("--fail-on: found 'breach', expected a clearing set with limits in limits.csv", Run("out", "--fail-on", "breach").Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(set, "policy.json"));
        Assert.Contains("--fail-on: found 'call', expected a clearing set with policy.json", Run("out", "--fail-on", "call").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_recorded_verified_and_replayed_and_goes_with_the_limits()
    {
        Write("limits.csv", Header + "account,*,margin,absolute,0\n");
        Run("out");
        RunRecord record = RunRecord.FromJson(File.ReadAllBytes(folder["out/run-record.json"]));
        Assert.Contains(record.Inputs, input => input.Name == "limits.csv");
        Assert.Equal(["margins.csv", "margins.json", "breaches.csv"], record.Outputs.Select(output => output.Name));
        Assert.Equal(ExitCode.Done, Invocation.Of("verify", folder["out"]).Code);
        Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["out"], "--threads", "1").Code);

        File.WriteAllBytes(folder["out/run-record.json"], (record with
        {
            Outputs = [.. record.Outputs.Select(output => output.Name == "breaches.csv" ? output with { Sha256 = new string('0', 64) } : output)],
        }).Sealed().ToJson());
        Invocation forged = Invocation.Of("replay", folder["out"], "--threads", "1");
        Assert.Equal(ExitCode.CheckFailed, forged.Code);
        Assert.Contains("breaches.csv: SHA-256 000000000000 then", forged.Output + forged.Error, StringComparison.Ordinal);

        File.AppendAllText(folder["out/breaches.csv"], "x\n");
        Assert.Contains("breaches.csv: was changed", Invocation.Of("verify", folder["out"]).Error, StringComparison.Ordinal);

        File.Delete(Path.Combine(set, "limits.csv"));
        Run("out");
        Assert.False(File.Exists(folder["out/breaches.csv"]));
    }

    [Fact]
    public void A_record_names_the_margins_that_changes_are_since()
    {
        Write("limits.csv", Header + "account,*,margin,change,0\n");
        Run("out", "--since", folder["before"]);

        RunRecord record = RunRecord.FromJson(File.ReadAllBytes(folder["out/run-record.json"]));

        Assert.Equal(RunRecord.FromJson(File.ReadAllBytes(folder["before/run-record.json"])).Outputs.Single(output => output.Name == "margins.csv").Sha256, record.SinceSha256);
        Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["out"], "--threads", "1").Code);
    }

    [Fact]
    public void Names_with_markup_are_text_and_breaches_come_first()
    {
        Write("accounts.csv", "account,member,type\nlong,[red]N[/],client\ncovered,[red]N[/],client\n\"short, volatile\",Harbour,house\n");
        Write("limits.csv", Header + "member,[red]N[/],margin,absolute,0\n");

        string output = Run("out", "--since", folder["before"]).Output;

        Assert.StartsWith("\nlimits: 1 breach of 1 row, USD", output, StringComparison.Ordinal);
        Assert.Contains("| [red]N[/] ", output, StringComparison.Ordinal);
        Assert.True(output.IndexOf("[red]", StringComparison.Ordinal) < output.IndexOf(" since 2001-01-02", StringComparison.Ordinal));
    }

    Invocation Run(string results, params string[] options) => Invocation.Of(["run", set, "--out", folder[results], .. s_short, .. options]);

    string[][] Breaches()
    {
        Assert.Equal(ExitCode.Done, Run("out", "--quiet").Code);
        return Rows("out/breaches.csv");
    }

    // The one name with a comma reads "short; volatile".
    string[][] Rows(string file) =>
        [.. File.ReadLines(folder[file]).Skip(1).Select(line => line.Replace("\"short, volatile\"", "short; volatile", StringComparison.Ordinal).Split(','))];

    double Amount(string run, int row, string column)
    {
        int at = Array.IndexOf(File.ReadLines(folder[run + "/margins.csv"]).First().Split(','), column);
        return double.Parse(Rows(run + "/margins.csv")[row][at], CultureInfo.InvariantCulture);
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(set, name), text);

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
