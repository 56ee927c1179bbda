using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Reading;

public sealed class DividendReaderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public DividendReaderTests()
    {
        Write("run.json", """{ "asOf": "2001-01-02T16:00:00Z", "currency": "USD", "fx": { "EUR": "EURUSD" }, "copula": { "family": "gaussian" }, "scenarios": 200, "confidence": 0.95 }""");
        Write("factors.csv", "factor,kind,level,process,variance,marginal", "X,price,100,constant,0.0004,normal", "Y,price,50,constant,0.0004,normal", "EURUSD,price,0.9,constant,0.0001,normal");
        Write("correlation.csv", "factor,X,Y,EURUSD", "X,1,0,0", "Y,0,1,0", "EURUSD,0,0,1");
        Write("instruments.csv", "instrument,type,underlying,currency,strike,expiry,right,volatility,rate", "C,option,X,,100,2001-07-02,call,0.3,0.05", "F,future,X,,,2001-03-02,,,", "G,future,Y,EUR,,2001-03-02,,,");
        Write("positions.csv", "account,instrument,quantity", "A,C,1", "A,F,1", "A,G,1");
        Write("dividends.csv", "underlying,ex_date,amount,currency", "X,2000-10-02,1,", "X,2001-01-02,1,", "X,2001-02-01,1.1,", "Y,2001-01-03,0.9,USD", "X,2001-05-01,1.2,USD");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Dividends_after_the_day_of_the_run_count_in_the_unit_of_the_price()
    {
        ClearingSet set = ClearingSetFiles.Read(folder.Path);

        Assert.Equal([new(30 / 365.0, 1.1), new(119 / 365.0, 1.2)], set.Instruments[0].Dividends);
        Assert.Equal(set.Instruments[0].Dividends, set.Instruments[1].Dividends);
        Assert.Equal([new(1 / 365.0, 0.9 / 0.9)], set.Instruments[2].Dividends);
        Assert.Contains("dividends.csv", set.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        ClearingSet set = ClearingSetFiles.Read(folder.Path);
        string copy = folder["copy"];
        ClearingSetFiles.Write(set, copy);

        Assert.Equal(set.Instruments.Select(instrument => instrument.Dividends), ClearingSetFiles.Read(copy).Instruments.Select(instrument => instrument.Dividends));
        Assert.Equal(
            MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Margin,
            MarginCalculator.Calculate(ClearingSetFiles.Read(copy), new CpuBackend()).Accounts[0].Margin);
    }

    [Fact]
    public void A_set_in_memory_keeps_the_rules_of_the_file()
    {
        ClearingSet set = ClearingSetFiles.Read(folder.Path);
        CashDividend[] unordered = [new(.5, 1), new(.4, -1)];
        set = set with { Instruments = [set.Instruments[0] with { Dividends = unordered, DividendYield = .01 }, .. set.Instruments.Skip(1)] };
        string faults = string.Join('\n', Assert.Throws<RefusedInputException>(set.Validate).Faults);

        Assert.All(
            (string[])
            [
                "Instruments[0].Dividends[1].Amount: found '-1', expected a number of at least 0", "Instruments[0].Dividends[1].Years: found '0.4', expected years above 0 that rise",
                "Instruments[0].Dividends: expected none, because there is a DividendYield", "Instruments[1].Dividends: expected the dividends of the other instruments on the underlying, such as 'C'",
            ],
            fault => Assert.Contains(fault, faults, StringComparison.Ordinal));
    }

    void Write(string file, params string[] lines) => File.WriteAllLines(folder[file], lines);
}
