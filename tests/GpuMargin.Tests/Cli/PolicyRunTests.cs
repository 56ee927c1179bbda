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

    readonly TemporaryFolder _folder = new();
    readonly string _set;

    public PolicyRunTests()
    {
        _set = SmallSet.WriteTo(_folder["set"]);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", _set, "--out", _folder["before"], "--quiet").Code);
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

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Further_columns_follow_and_those_that_were_there_keep_their_bytes()
    {
        Assert.Equal(ExitCode.Done, Run().Code);

        string[] before = File.ReadAllLines(_folder["before/margins.csv"]), after = File.ReadAllLines(_folder["results/margins.csv"]);
        Assert.Equal(before[0] + "," + string.Join(',', MarginsCsv.RequirementColumns), after[0]);
        for (int row = 1; row < before.Length; row++)
            Assert.StartsWith(before[row] + ",", after[row], StringComparison.Ordinal);
        Assert.Contains("Northern,desk,", after[1], StringComparison.Ordinal);
        Assert.EndsWith(new string(',', MarginsCsv.RequirementColumns.Count), after[2], StringComparison.Ordinal); // of the netting set that begins in row 1
    }

    [Fact]
    public void The_total_is_the_sum_of_its_columns_and_members_sum_exactly()
    {
        Run();

        Dictionary<string, string>[] rows = [.. Rows(_folder["results/margins.csv"])];
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_folder["results/margins.json"]));
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
            RunRecord.FromJson(File.ReadAllBytes(_folder["results/run-record.json"])).Outputs.Select(output => output.Name));
        Assert.Equal(ExitCode.Done, Invocation.Of("replay", _folder["results/run-record.json"]).Code);
    }

    [Fact]
    public void Without_the_policy_margins_json_goes_again()
    {
        Run();
        foreach (string file in (string[])["policy.json", "accounts.csv", "collateral.csv", "liquidity.csv", "stress.csv"])
            File.Delete(Path.Combine(_set, file));
        Run();
        Assert.False(File.Exists(_folder["results/margins.json"]));
        Assert.Equal(File.ReadAllBytes(_folder["before/margins.csv"]), File.ReadAllBytes(_folder["results/margins.csv"]));
    }

    Invocation Run(params string[] more) => Invocation.Of(["run", _set, "--out", _folder["results"], .. more]);

    void Write(string name, string text) => File.WriteAllText(Path.Combine(_set, name), text.ReplaceLineEndings("\n") + "\n");

    static decimal Amount(Dictionary<string, string> row, string column) => decimal.Parse(row[column], CultureInfo.InvariantCulture);

    static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        using var csv = CsvHelper.CsvReader.Create(File.ReadAllBytes(file), new CsvHelper.CsvReaderOptions { HasHeader = false });
        csv.Read();
        string[] header = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        while (csv.Read())
            yield return header.Select((name, i) => (name, csv.GetString(i))).ToDictionary();
    }
}
