using System.Globalization;
using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Reporting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>A set with a policy from its files to further columns and margins.json.</summary>
public sealed class PolicyRunTests : IDisposable
{
    static readonly string[] s_summands = ["base", "stressed", "floor", "buffer", "offset", "stress", "liquidity"];

    readonly TemporaryFolder folder = new();
    readonly string set;

    public PolicyRunTests()
    {
        set = SmallSet.WriteTo(folder["set"]);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--out", folder["before"], "--quiet").Code);
        Write("policy.json", """
            {
              "version": 1,
              "dependence": {}, "concentration": {}, "stress": { "weight": 0.3 }, "buffer": { "rate": 0.25 }, "longRunFloor": true, "offsetLimit": 0.8,
              "liquidity": { "concentrationThreshold": 0.1 },
              "grid": { "range": 0.16, "volatilityUp": 0.5, "volatilityDown": 0.25, "minimumAnnualisedMove": 0.01 },
              "depeg": { "BETA": { "probabilityPerDay": 0.0, "fall": 0.5 } },
              "minimumMargin": 500, "roundingUnit": 0.05, "levels": { "initial": 1.25, "maintenance": 0.75 }
            }
            """);
        Write("accounts.csv", """
            account,member,type,netting_set,mode
            long,Northern,client,desk,cross
            covered,Northern,client,desk,cross
            "short, volatile",Harbour,house,,isolated
            """);
        Write("collateral.csv", """
            account,asset,quantity,currency,haircut
            long,USD,1000.5,,
            "short, volatile",ALFA,10,USD,0.15
            """);
        Write("liquidity.csv", """
            instrument,underlying,half_spread,average_daily_volume,impact
            ,ALFA,0.0005,100000,0.01
            ,BETA,0.001,20000,0.02
            """);
        Write("stress.csv", """
            scenario,factor,shock
            fall,ALFA,-0.2
            fall,BETA,-0.3
            fall,VOL,0.5
            """);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Further_columns_follow_and_those_that_were_there_keep_their_bytes()
    {
        Assert.Equal(ExitCode.Done, Run().Code);

        string[] before = File.ReadAllLines(folder["before/margins.csv"]), after = File.ReadAllLines(folder["results/margins.csv"]);
        Assert.Equal($"{Front(before[0])},{string.Join(',', MarginsCsv.RequirementColumns)},{Last(before[0])}", after[0]);
        for (int row = 1; row < before.Length; row++)
        {
            Assert.StartsWith(Front(before[row]) + ",", after[row], StringComparison.Ordinal);
            Assert.Equal(Last(before[row]), Last(after[row]));
        }

        Assert.Contains("Northern,desk,", after[1], StringComparison.Ordinal);
        Assert.EndsWith(new string(',', MarginsCsv.RequirementColumns.Count), Front(after[2]), StringComparison.Ordinal); // of the netting set that begins in row 1

        // es_trusted stands behind all others.
        static string Front(string line) => line[..line.LastIndexOf(',')];
        static string Last(string line) => line[(line.LastIndexOf(',') + 1)..];
    }

    [Fact]
    public void The_total_is_the_sum_of_its_columns_and_members_sum_exactly()
    {
        Run();

        Dictionary<string, string>[] rows = [.. Rows(folder["results/margins.csv"])];
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(folder["results/margins.json"]));
        decimal called = 0, required = 0;
        foreach (Dictionary<string, string> row in rows.Where(row => row["member"].Length > 0))
        {
            decimal model = s_summands.Sum(column => Amount(row, column));
            Assert.Equal(model, Amount(row, "model"));
            Assert.Equal(0m, Amount(row, "requirement") % 0.05m);
            bool below = Amount(row, "collateral") < Amount(row, "maintenance");
            Assert.Equal(below ? Amount(row, "initial") - Amount(row, "collateral") : 0, Amount(row, "call"));
            called += Amount(row, "call");
            required += Amount(row, "requirement");
        }

        JsonElement[] members = [.. json.RootElement.GetProperty("members").EnumerateArray()];
        Assert.Equal(["Northern", "Harbour"], members.Select(member => member.GetProperty("member").GetString()));
        Assert.Equal(called, members.Sum(member => member.GetProperty("called").GetDecimal()));
        Assert.Equal(required, members.Sum(member => member.GetProperty("required").GetDecimal()));
        JsonElement first = json.RootElement.GetProperty("accounts")[0];
        Assert.Equal(Amount(rows[0], "grid"), first.GetProperty("requirement").GetProperty("components").GetProperty("grid").GetDecimal());
        Assert.Equal(1000.5m, first.GetProperty("requirement").GetProperty("collateral").GetDecimal());
    }

    [Fact]
    public void Printed_json_nests_the_requirement()
    {
        using JsonDocument json = JsonDocument.Parse(Run("--json").Output);
        Assert.Equal("desk", json.RootElement.GetProperty("margins")[0].GetProperty("requirement").GetProperty("nettingSet").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("members").GetArrayLength());
    }

    [Fact]
    public void A_replay_repeats_the_bits_and_a_record_of_both_files()
    {
        Run();
        Assert.Equal(
            ["margins.csv", "margins.json"],
            RunRecord.FromJson(File.ReadAllBytes(folder["results/run-record.json"])).Outputs.Select(output => output.Name));
        Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["results/run-record.json"]).Code);
    }

    [Fact]
    public void Without_the_policy_margins_json_goes_again()
    {
        Run();
        foreach (string file in (string[])["policy.json", "accounts.csv", "collateral.csv", "liquidity.csv", "stress.csv"])
        {
            File.Delete(Path.Combine(set, file));
        }

        Run();
        Assert.False(File.Exists(folder["results/margins.json"]));
        Assert.Equal(File.ReadAllBytes(folder["before/margins.csv"]), File.ReadAllBytes(folder["results/margins.csv"]));
    }

    [Fact]
    public void The_table_shows_calls_first_and_members_that_sum_up()
    {
        string[] lines = Run().Output.ReplaceLineEndings("\n").Split('\n');
        Dictionary<string, string>[] sets = [.. Rows(folder["results/margins.csv"]).Where(row => row["member"].Length > 0)];
        string[] shown = [.. lines.SkipWhile(line => !line.StartsWith("| netting set", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim())];
        Assert.Equal(sets.OrderByDescending(row => Amount(row, "call")).ThenByDescending(row => Amount(row, "requirement")).Select(row => row["netting_set"]), shown);
        string total = Assert.Single(lines, line => line.StartsWith("2 netting sets, requirement ", StringComparison.Ordinal));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"collateral {sets.Sum(row => Amount(row, "collateral")):N0}, "), total, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.StartsWith("| member", StringComparison.Ordinal)); // as many members as netting sets
    }

    [Fact]
    public void Newer_components_have_their_columns_lines_and_keys_where_the_policy_has_their_sections()
    {
        Run();
        string[] old = File.ReadAllLines(folder["results/margins.csv"])[0].Split(',');
        string policy = File.ReadAllText(Path.Combine(set, "policy.json"));
        Write("policy.json", policy.Replace("\"minimumMargin\"", "\"samplingError\": { \"confidence\": 0.9 }, \"shortOptionMinimum\": { \"default\": 75 }, \"minimumMargin\"", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--out", folder["newer"], "--quiet").Code);
        string[] added = File.ReadAllLines(folder["newer/margins.csv"])[0].Split(',');
        Assert.Equal(old, added.Where(column => column is not ("sampling_error" or "short_option_minimum")));
        Assert.Equal(["liquidity", "sampling_error", "model", "grid", "short_option_minimum", "calculated"], added[Array.IndexOf(added, "liquidity")..(Array.IndexOf(added, "calculated") + 1)]);

        Dictionary<string, string> row = Rows(folder["newer/margins.csv"]).First(row => row["account"] == "short, volatile");
        Assert.True(Amount(row, "sampling_error") > 0 && Amount(row, "short_option_minimum") > 0);
        Assert.Equal(s_summands.Append("sampling_error").Sum(column => Amount(row, column)), Amount(row, "model"));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(folder["newer/margins.json"]));
        JsonElement parts = json.RootElement.GetProperty("accounts").EnumerateArray().Single(a => a.GetProperty("account").GetString() == "short, volatile").GetProperty("requirement").GetProperty("components");
        Assert.Equal((Amount(row, "sampling_error"), Amount(row, "short_option_minimum")), (parts.GetProperty("samplingError").GetDecimal(), parts.GetProperty("shortOptionMinimum").GetDecimal()));

        string[] lines = Invocation.Of("explain", folder["newer"], "short, volatile", "--since", folder["results"]).Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("| + sampling error ", StringComparison.Ordinal) && line.Contains("up to the upper end of the base's interval", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| short option minimum ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| calculated ", StringComparison.Ordinal) && line.Contains("the largest of model, grid and short option minimum", StringComparison.Ordinal));
        Assert.DoesNotContain("sampling", Invocation.Of("explain", folder["results"], "short, volatile").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("desk", "+ stressed", "stressed")]
    [InlineData("desk", "call", "call")]
    [InlineData("long", "= model", "model")] // the first account of the netting set
    [InlineData("short, volatile", "grid", "grid")]
    public void Explain_shows_the_columns_of_margins_csv(string name, string line, string column)
    {
        Run();
        Dictionary<string, string> row = Rows(folder["results/margins.csv"]).First(row => row["member"].Length > 0 && (row["netting_set"] == name || row["account"] == name));
        string output = Invocation.Of("explain", folder["results"], name).Output;
        string shown = Assert.Single(output.Split('\n'), text => text.StartsWith($"| {line} ", StringComparison.Ordinal)).Split('|')[2].Trim();
        Assert.InRange(decimal.Parse(shown, NumberStyles.Number, CultureInfo.InvariantCulture) - Amount(row, column), -0.5m, 0.5m); // whole amounts
    }

    [Fact]
    public void Explain_shows_what_changed_since_another_run()
    {
        Run();
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--out", folder["later"], "--seed", "99", "--quiet").Code);
        using JsonDocument json = JsonDocument.Parse(Invocation.Of("explain", folder["later"], "desk", "--since", folder["results"], "--json").Output);
        decimal[] bases = [Base(json.RootElement.GetProperty("since")), Base(json.RootElement.GetProperty("run"))];
        Assert.NotEqual(bases[0], bases[1]);
        string line = Assert.Single(
            Invocation.Of("explain", folder["later"], "desk", "--since", folder["results"]).Output.Split('\n'), text => text.StartsWith("| base ", StringComparison.Ordinal));
        decimal[] cells = [.. line.Split('|')[2..5].Select(cell => decimal.Parse(cell, NumberStyles.Number | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))];
        Assert.InRange(cells[2] - (bases[1] - bases[0]), -0.5m, 0.5m);
        Assert.Equal((decimal.Round(bases[0]), decimal.Round(bases[1])), (cells[0], cells[1]));

        static decimal Base(JsonElement run) => run.GetProperty("account").GetProperty("requirement").GetProperty("components").GetProperty("base").GetDecimal();
    }

    [Theory]
    [InlineData("results", "nobody", "no account or netting set 'nobody'")]
    [InlineData("results", "covered", "shares a requirement with others")]
    [InlineData("before", "long", "a run without a policy has no requirements")]
    [InlineData("set", "long", "run-record.json: not found")]
    public void Explain_refuses_what_it_cannot_find(string folder, string name, string message)
    {
        Run();
        Invocation explain = Invocation.Of("explain", this.folder[folder], name);
        Assert.Equal((ExitCode.Refused, ""), (explain.Code, explain.Output));
        Assert.Contains(message, explain.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_are_written_as_accounts_csv_has_them()
    {
        Run();
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(folder["results/margins.json"]));
        Assert.Equal(["client", "house"], json.RootElement.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("type").GetString()));
    }

    Invocation Run(params string[] more) => Invocation.Of(["run", set, "--out", folder["results"], .. more]);

    void Write(string name, string text) => File.WriteAllText(Path.Combine(set, name), text.ReplaceLineEndings("\n") + "\n");

    static decimal Amount(Dictionary<string, string> row, string column) => decimal.Parse(row[column], CultureInfo.InvariantCulture);

    static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        using var csv = CsvHelper.CsvReader.Create(File.ReadAllBytes(file), new CsvHelper.CsvReaderOptions { HasHeader = false });
        csv.Read();
        string[] header = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        while (csv.Read())
        {
            yield return header.Select((name, i) => (name, csv.GetString(i))).ToDictionary();
        }
    }
}
