using System.Text.Json.Nodes;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class WhatIfCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string set;

    public WhatIfCommandTests() => set = SmallSet.WriteTo(folder["set"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_of_the_written_set_gives_the_same_bytes()
    {
        File.WriteAllText(folder["trades.csv"], "instrument,account,quantity\nALFA,new,3\n\"BETA-F\",\"short, volatile\",7\n");
        Invocation run = Invocation.Of(
            "whatif", set, "--add", "long,ALFA,-50.5", "--add", "\"short, volatile\",BETA-P38,12", "--trades", folder["trades.csv"],
            "--shock", "VOL,0.25", "--shock", "BETA,-0.1", "--scenarios", "700", "--seed", "9", "--out", folder["changed"]);
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.Contains("\naccount 'new' is new\nwith 'VOL' today's implied volatilities of 2 instruments move by as much\na shock changes the model: before and after are two full runs\n", run.Output, StringComparison.Ordinal);

        byte[] margins = File.ReadAllBytes(folder["changed/out/margins.csv"]);
        JsonNode record = JsonNode.Parse(File.ReadAllBytes(folder["changed/out/run-record.json"]))!;
        Assert.Equal((ExitCode.Done, ""), (Invocation.Of("verify", folder["changed/out"]).Code, ""));
        Assert.Equal((ExitCode.Done, ""), (Invocation.Of("replay", folder["changed/out/run-record.json"]).Code, ""));
        Assert.Equal(ExitCode.Done, Invocation.Of("run", folder["changed"], "--quiet").Code);
        Assert.Equal(margins, File.ReadAllBytes(folder["changed/out/margins.csv"]));
        JsonNode again = JsonNode.Parse(File.ReadAllBytes(folder["changed/out/run-record.json"]))!;
        Assert.Equal((string)again["runId"]!, (string)record["runId"]!);
        Assert.Equal((string)again["profitAndLossSha256"]!, (string)record["profitAndLossSha256"]!);
        Assert.Equal(["changed", "set", "trades.csv"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Before_is_a_run_of_the_set_and_accounts_that_stay_are_left_out()
    {
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--quiet").Code);
        Invocation run = Invocation.Of("whatif", set, "--add", "covered,ALFA-C105,-1", "--json");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));

        JsonNode answer = JsonNode.Parse(run.Output)!;
        JsonNode before = Assert.Single(answer["before"]!["accounts"]!.AsArray())!, after = Assert.Single(answer["after"]!["accounts"]!.AsArray())!;
        string line = File.ReadAllLines(Path.Combine(set, "out", "margins.csv")).Single(row => row.StartsWith("covered,", StringComparison.Ordinal));
        Assert.Equal(line.Split(',')[9], before["margin"]!.ToJsonString());
        Assert.NotEqual((double)before["margin"]!, (double)after["margin"]!);
        Assert.Equal("USD", (string)answer["after"]!["currency"]!);
        Assert.Empty(answer["after"]!["members"]!.AsArray());
        Assert.Empty(answer["newAccounts"]!.AsArray());
        Assert.Null(answer["out"]);
        Assert.Equal(3, (int)answer["totalsAfter"]!["accounts"]!);
    }

    [Fact]
    public void With_a_policy_before_and_after_have_the_shape_of_margins_json()
    {
        File.WriteAllText(Path.Combine(set, "policy.json"), """{ "version": 1, "base": { "measure": "expected-shortfall", "confidence": 0.99 }, "roundingUnit": 1, "collateral": { "haircuts": { "BETA": 0.2 } } }""");
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--quiet").Code);
        JsonNode margins = JsonNode.Parse(File.ReadAllBytes(Path.Combine(set, "out", "margins.json")))!;

        Invocation run = Invocation.Of("whatif", set, "--collateral", "long,USD,250", "--collateral", "long,BETA,3", "--json");

        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        JsonNode answer = JsonNode.Parse(run.Output)!;
        JsonNode before = answer["before"]!, after = answer["after"]!;
        Assert.Equal(margins["accounts"]![0]!.ToJsonString(), Assert.Single(before["accounts"]!.AsArray())!.ToJsonString());
        Assert.Equal(margins["members"]!.ToJsonString(), before["members"]!.ToJsonString());
        Assert.Equal(346m, (decimal)after["accounts"]![0]!["requirement"]!["collateral"]!);
        Assert.Equal(346m, after["members"]!.AsArray().Sum(member => (decimal)member!["collateral"]!));
    }

    [Fact]
    public void A_new_account_has_a_row_after_and_its_neighbour_is_named()
    {
        Invocation run = Invocation.Of("whatif", set, "--add", "lonk,ALFA,1", "--json");

        JsonNode answer = JsonNode.Parse(run.Output)!;
        Assert.Empty(answer["before"]!["accounts"]!.AsArray());
        Assert.Equal("lonk", (string)Assert.Single(answer["after"]!["accounts"]!.AsArray())!["account"]!);
        Assert.Equal("lonk", (string)Assert.Single(answer["newAccounts"]!.AsArray())!);
        Assert.Equal("account 'lonk' is new (the nearest account of the set is 'long')", (string)Assert.Single(answer["notes"]!.AsArray())!);
    }

    [Fact]
    public void A_target_error_is_said_to_be_two_full_runs()
    {
        Invocation run = Invocation.Of("whatif", set, "--add", "long,ALFA,1", "--target-error", "0.5", "--json");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(
            "a target error is set: before and after are two full runs, each with scenarios of its own number",
            (string)Assert.Single(JsonNode.Parse(run.Output)!["notes"]!.AsArray())!);
    }

    [Theory]
    [InlineData("--add", "long,ALFA", "--add: found 'long,ALFA', expected ACCOUNT,INSTRUMENT,QUANTITY, with a name that has a comma in double quotes")]
    [InlineData("--add", "long,ALFA,1,5", "--add: found 'long,ALFA,1,5', expected ACCOUNT,INSTRUMENT,QUANTITY, with a name that has a comma in double quotes")]
    [InlineData("--add", "long,ALFA,one", "--add: found 'long,ALFA,one', expected ACCOUNT,INSTRUMENT,QUANTITY, with a name that has a comma in double quotes")]
    [InlineData("--add", "long,ALFA,1\nlong,ALFA,2", "--add: found 'long,ALFA,1\\u000along,ALFA,2', expected ACCOUNT,INSTRUMENT,QUANTITY, with a name that has a comma in double quotes")]
    [InlineData("--shock", "ALFA,10%", "--shock: found 'ALFA,10%', expected FACTOR,RELATIVE, with a name that has a comma in double quotes")]
    [InlineData("--add", "long,ALFAA,1", "--add: instrument: found 'ALFAA', expected an instrument of the set (did you mean 'ALFA'?)")]
    [InlineData("--shock", "ALFAA,0.1", "--shock: factor: found 'ALFAA', expected a price, additive or volatility factor (did you mean 'ALFA'?)")]
    [InlineData("--collateral", "long,USD,1", "--collateral: expected a policy.json in the set: without one there is no requirement for collateral to cover")]
    public void A_change_is_refused(string option, string value, string fault)
    {
        Invocation run = Invocation.Of("whatif", set, option, value, "--out", folder["changed"]);

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains(fault, run.Error, StringComparison.Ordinal);
        Assert.Equal(["set"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Faults_of_the_trades_name_line_and_column()
    {
        string file = folder["trades.csv"];
        File.WriteAllText(file, "account,instrument,quantity\nlong,ALFA,1\nlong,ALFA,\"1,5\"\nlong,ALFA\n");
        Assert.Equal(
            $"{file}:3: quantity: found '1,5', expected a finite number of contracts (the decimal point is '.', and thousands are not separated)\n"
            + $"{file}:4: found '2 values', expected 3 values, one for each column of the header\n",
            Invocation.Of("whatif", set, "--trades", file).Error);

        File.WriteAllText(file, "account,instrument,quantity\nlong,ALFAA,1\n");
        Assert.Equal($"{file}:2: instrument: found 'ALFAA', expected an instrument of the set (did you mean 'ALFA'?)\n", Invocation.Of("whatif", set, "--trades", file).Error);

        File.Delete(file);
        Assert.Equal($"{file}: expected trades with account, instrument and quantity (the file is missing)\n", Invocation.Of("whatif", set, "--trades", file).Error);
    }

    [Fact]
    public void No_change_is_refused()
    {
        Invocation run = Invocation.Of("whatif", set);

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.StartsWith("gpumargin: expected a change: --add, --trades, --collateral or --shock\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_set_itself_and_a_folder_with_something_in_it_are_not_written_to()
    {
        File.CreateSymbolicLink(folder["link"], set);
        foreach (string same in (string[])[set, set + "/", folder["link"]])
        {
            Assert.Equal($"gpumargin: --out: '{same}' is the clearing set itself, expected a new or an empty folder\n", Out(same));
        }

        Directory.CreateDirectory(folder["full"]);
        File.WriteAllText(folder["full/x"], "");
        Assert.Equal($"{folder["full"]}: found 'x', expected a new or an empty folder\n", Out(folder["full"]));
        Assert.Equal(["full", "link", "set"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        string Out(string wanted)
        {
            Invocation run = Invocation.Of("whatif", set, "--add", "long,ALFA,1", "--out", wanted);
            Assert.Equal(ExitCode.Refused, run.Code);
            return run.Error;
        }
    }
}
