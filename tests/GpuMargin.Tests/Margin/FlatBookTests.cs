using GpuMargin.Backends;
using GpuMargin.Margin;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>What holds nothing, or cannot gain or lose, needs no minimum and no rounded-up unit.</summary>
public sealed class FlatBookTests : IDisposable
{
    const decimal Minimum = 1000;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("mixed", "philox", "haircut")]
    [InlineData("double", "philox", "haircut")]
    [InlineData("mixed", "sobol", "haircut")]
    [InlineData("double", "philox", "simulated")]
    public void Only_what_moves_pays_the_minimum(string precision, string sampling, string valuation)
    {
        Dictionary<string, Requirement> found = Requirements(precision, sampling, valuation, """ "minimumMargin": 1000, "roundingUnit": 100 """);
        foreach (string flat in (string[])["decimals", "zero", "perpetual", "future", "parity", "short parity", "pieces", "coin"])
        {
            Assert.True(found[flat] is { Required: 0, Initial: 0, Maintenance: 0, Called: 0 }, $"{flat}: {found[flat].Required}");
        }

        foreach (string moving in (string[])["tiny", "lottery", "carried", "isolated"])
        {
            Assert.Equal(Minimum, found[moving].Required);
        }

        Assert.Equal(Minimum, found["isolated"].NettingWouldSave);
    }

    [Fact]
    public void Costs_of_a_flat_book_are_charged_as_they_are()
    {
        Requirement flat = Requirements("double", "philox", "haircut", """ "minimumMargin": 1000, "roundingUnit": 100, "shortOptionMinimum": { "default": 0.25 } """)["parity"];
        Assert.Equal(2.5m, flat.Required);
    }

    [Fact]
    public void A_run_without_minimum_and_unit_asks_no_more_of_the_engine()
    {
        Requirements("double", "philox", "haircut", """ "levels": { "initial": 1 } """);
        RunSchedule schedule = RunSchedule.Of(ClearingSetFiles.Read(folder.Path));
        int runs = 0;
        foreach (GpuMargin.Aggregation.ValuationRun run in schedule.Runs)
        {
            schedule.Take(run, new CpuBackend().Run(run));
            runs++;
        }

        Assert.Equal(1, runs);
    }

    Dictionary<string, Requirement> Requirements(string precision, string sampling, string valuation, string policy)
    {
        Write("run.json",
            $$"""
            {
              "asOf": "2024-03-01T16:00:00Z", "currency": "USD", "fx": { "COIN": "X" },
              "copula": { "family": "gaussian" }, "scenarios": 4096, "seed": 7, "horizonDays": 1, "confidence": 0.99, "precision": "{{precision}}", "sampling": "{{sampling}}"
            }
            """);
        Write("factors.csv", "factor,kind,level,process,variance,marginal", "X,price,100,constant,0.0004,normal");
        Write("instruments.csv",
            "instrument,type,underlying,currency,expiry,strike,right,volatility,rate",
            "X,spot,X,USD,,,,,",
            "PERP,perpetual,X,USD,,,,,",
            "FUT,future,X,USD,2024-06-01T16:00:00Z,,,,0",
            "CARRIED,future,X,USD,2025-03-01T16:00:00Z,,,,0.05",
            "CALL,option,X,USD,2024-06-01T16:00:00Z,105,call,0.3,0.04",
            "PUT,option,X,USD,2024-06-01T16:00:00Z,105,put,0.3,0.04",
            "LOTTERY,option,X,USD,2024-03-02T16:00:00Z,109,call,0.3,0",
            "COINPERP,inverse-perpetual,X,COIN,,,,,");
        Write("positions.csv",
            "account,instrument,quantity",
            "decimals,X,0.1", "decimals,X,0.2", "decimals,X,-0.3",
            "zero,X,0",
            "tiny,X,1e-08",
            "perpetual,X,3", "perpetual,PERP,-3",
            "future,X,50", "future,FUT,-50",
            "carried,X,50", "carried,CARRIED,-50",
            "parity,X,10", "parity,CALL,-10", "parity,PUT,10",
            "short parity,X,-10", "short parity,CALL,10", "short parity,PUT,-10",
            "lottery,LOTTERY,1",
            "pieces,X,0.1", "other pieces,X,0.2", "last pieces,X,-0.3",
            "coin,COINPERP,100", "coin,COINPERP,-100",
            "isolated,X,3", "isolated,PERP,-3");
        string[] accounts = ["decimals", "zero", "tiny", "perpetual", "future", "carried", "parity", "short parity", "lottery", "coin"];
        Write("accounts.csv",
        [
            "account,member,type,netting_set,mode",
            .. accounts.Select(account => $"{account},M,client,{account},cross"),
            "pieces,M,client,pieces,cross", "other pieces,M,client,pieces,cross", "last pieces,M,client,pieces,cross",
            "isolated,M,client,isolated,isolated",
        ]);
        Write("policy.json", $$"""{ "version": 1, "collateral": { "valuation": "{{valuation}}" }, {{policy}} }""");
        return MarginCalculator.Calculate(ClearingSetFiles.Read(folder.Path), new CpuBackend()).Accounts
            .Select(account => account.Requirement).OfType<Requirement>().ToDictionary(requirement => requirement.NettingSet);
    }

    void Write(string file, params string[] lines) => File.WriteAllLines(folder[file], lines);
}
