using GpuMargin.ClearingSets;
using GpuMargin.Studies;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class HistorySetReaderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public HistorySetReaderTests() => HistoryFiles.WriteTo(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_set_knows_its_instruments_its_book_and_the_prices_that_strikes_are_relative_to()
    {
        HistorySet set = HistorySetReader.Read(folder.Path);
        Assert.Equal(["AAA", "BBB"], set.History.Factors);
        Assert.Equal((HistoryFiles.Days - 1, HistoryFiles.Days - 1), (set.History.Dates.Count, set.History.Levels!.GetLength(0)));
        Assert.Equal(HistoryFiles.Price(HistoryFiles.ReferenceDay, 0), set.ReferenceLevels[0]);
        Assert.Equal((1, 3), (set.Instruments[2].Underlying, set.Instruments[2].VolatilityFactor)); // BBB and BBB.vol, behind AAA.vol
        Assert.True(set.HasVolatilityFactors);
        Assert.Equal(["DESK", "OTHER"], set.Book.Accounts);
        Assert.Null(set.Book.From);
    }

    [Fact]
    public void Positions_may_have_dates()
    {
        Replace("positions.csv", "account,instrument,quantity,date\nDESK,AAA,1,2000-03-01\nDESK,AAA,2,2000-04-01T12:00:00Z\n");
        HistorySet set = HistorySetReader.Read(folder.Path);
        Assert.Equal([new DateTimeOffset(2000, 3, 1, 16, 0, 0, TimeSpan.Zero), new DateTimeOffset(2000, 4, 1, 12, 0, 0, TimeSpan.Zero)], set.Book.From!);
    }

    [Fact]
    public void Instruments_may_have_curves()
    {
        Replace("instruments.csv", "instrument,type,underlying,expiry,curve\nAAA,spot,AAA,,\nBBB,future,BBB,2001-01-01,USD\n");
        Replace("positions.csv", "account,instrument,quantity\nDESK,BBB,1\n");
        Replace("curves.csv", "curve,days,rate\nUSD,30,0.02\nUSD,90,0.03\nEUR,30,0.01\n");
        HistorySet set = HistorySetReader.Read(folder.Path);
        Assert.Equal(new ZeroCurve("USD", [new CurveNode(30, .02), new CurveNode(90, .03)]), set.Instruments[1].Curve);
        Assert.Contains("No instrument has the curve 'EUR' of curves.csv.", set.Warnings);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "positions.csv", "account,instrument,quantity,date\nDESK,AAA,1,yesterday\n", "positions.csv:2: date: found 'yesterday', expected an ISO date" },
        { "positions.csv", "account,instrument,quantity,date\nDESK,AAA,1,\n", "positions.csv:2: date: expected an ISO date" },
        { "positions.csv", "account,instrument,quantity,day\nDESK,AAA,1,2000-03-01\n", "positions.csv:1: found 'day', expected a column of positions.csv, the nearest is 'date'" },
        { "positions.csv", "account,instrument,quantity\nDESK,AAB,1\n", "positions.csv:2: instrument: found 'AAB', expected an instrument of instruments.csv (did you mean 'AAA'?)" },
        { "positions.csv", "account,instrument,quantity\nDESK,AAA,many\n", "positions.csv:2: quantity: found 'many', expected a finite number" },
        { "positions.csv", "account,instrument,quantity\n", "positions.csv:1: expected at least one position below the header" },
        { "instruments.csv", "instrument,type,underlying\nAAA,spot,CCC\n", "instruments.csv:2: underlying: found 'CCC', expected a price factor" },
        { "curves.csv", "curve,days,rate,factor\nUSD,30,0.02,AAA\n", "curves.csv:2: factor: found 'AAA', expected a rate factor (history.csv, line 1: 'AAA' is a price factor)" },
        { "policy.json", "{\"version\":1,\"bufer\":{}}", "policy.json:1: bufer: found 'bufer', expected" },
        { "policy.json", "{\"version\":1,\"liquidity\":{\"impact\":\"linear\"}}", "liquidity.csv: expected spreads and volumes, because policy.json has a section 'liquidity'" },
        { "policy.json", "{\"version\":1,\"stress\":{\"weight\":0.25}}", "policy.json:1: stress: expected stressed observations with it" },
        { "policy.json", "{\"version\":1,\"dependence\":{\"weight\":0.25,\"extremeConfidence\":0.999}}", "policy.json:1: dependence.extremeConfidence: found '0.999', expected a confidence level that the run's 400 scenarios reach" },
        { "accounts.csv", "account,member,type\nDESK,ACME,house\n", "accounts.csv: account: expected a row for account 'OTHER'" },
        { "run.json", "{\"asOf\":\"1999-12-31T16:00:00Z\",\"currency\":\"USD\",\"copula\":{\"family\":\"gaussian\"}}", "run.json: asOf: found '1999-12-31', expected a day of history.csv from 2000-01-03 on" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_rolled_is_refused_with_its_place(string file, string text, string told)
    {
        Replace(file, text);
        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => HistorySetReader.Read(folder.Path));
        Assert.Contains(refused.Faults, fault => fault.ToString().StartsWith(told, StringComparison.Ordinal));
    }

    [Fact]
    public void Collateral_cannot_be_simulated_in_a_roll()
    {
        File.WriteAllText(folder["policy.json"], "{\"version\":1,\"collateral\":{\"valuation\":\"simulated\"}}");
        File.WriteAllText(folder["collateral.csv"], "account,asset,quantity\nDESK,AAA,1\n");
        Assert.Equal(
            "policy.json: collateral.valuation: found 'simulated', expected 'haircut' in a roll, whose losses are those of the positions alone",
            Assert.Single(Assert.Throws<RefusedInputException>(() => HistorySetReader.Read(folder.Path)).Faults).ToString());
    }

    [Fact]
    public void An_account_without_positions_is_in_the_book()
    {
        File.WriteAllText(folder["policy.json"], "{\"version\":1}");
        File.WriteAllText(folder["accounts.csv"], "account,member,type\nDESK,ACME,house\nOTHER,ACME,house\nIDLE,ACME,client\n");
        HistorySet set = HistorySetReader.Read(folder.Path);
        Assert.Equal(["DESK", "OTHER", "IDLE"], set.Book.Accounts);
        Assert.Equal(3, set.AccountTerms.Count);
    }

    [Fact]
    public void A_stressed_model_cannot_be_rolled()
    {
        Directory.CreateDirectory(folder["stress"]);
        Assert.Equal(
            "stress: expected moves in stress.csv: every day of a roll has its own parameters",
            Assert.Single(Assert.Throws<RefusedInputException>(() => HistorySetReader.Read(folder.Path)).Faults).ToString());
    }

    [Fact]
    public void A_policy_may_lie_in_a_folder_of_its_own()
    {
        using TemporaryFolder other = new();
        Assert.Contains(
            "expected a folder with policy.json",
            Assert.Single(Assert.Throws<RefusedInputException>(() => HistorySetReader.Read(folder.Path, policyFolder: other.Path)).Faults).ToString(),
            StringComparison.Ordinal);
        File.WriteAllText(other["policy.json"], "{\"version\":1,\"minimumMargin\":7}");
        File.WriteAllText(folder["policy.json"], "not read");
        Assert.Equal(7, HistorySetReader.Read(folder.Path, policyFolder: other.Path).Policy!.MinimumMargin);
    }

    [Fact]
    public void A_history_without_days_is_refused()
    {
        string[] rows = File.ReadAllLines(folder["history.csv"]);
        Replace("history.csv", string.Join('\n', rows.Select(row => row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..])) + "\n");
        Assert.Equal(
            "history.csv:1: date: expected a column 'date', which tells the day of each price",
            Assert.Single(Assert.Throws<RefusedInputException>(() => HistorySetReader.Read(folder.Path)).Faults).ToString());
    }

    [Fact]
    public void A_missing_history_is_refused()
    {
        File.Delete(folder["history.csv"]);
        Assert.StartsWith("history.csv: expected", Assert.Single(Assert.Throws<RefusedInputException>(() => HistorySetReader.Read(folder.Path)).Faults).ToString(), StringComparison.Ordinal);
    }

    void Replace(string file, string text) => File.WriteAllText(folder[file], text);
}
