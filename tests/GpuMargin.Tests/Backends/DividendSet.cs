using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Backends;

/// <summary>Spot, futures and European options on a stock with cash dividends, an account for each: with rate and volatility factors, in two currencies, one deep in the money.</summary>
static class DividendSet
{
    internal const double Level = 80;

    internal static readonly CashDividend[] Dividends = [new(1 / 365.0, .9), new(40 / 365.0, 1), new(130 / 365.0, 1.1), new(400 / 365.0, 1.2)];

    internal static ClearingSet Of(Precision precision, Ageing ageing, double variance = 4e-4, int scenarios = 300)
    {
        Instrument[] instruments =
        [
            One("spot", InstrumentType.Spot, 0),
            One("perpetual", InstrumentType.Perpetual, 0),
            One("future", InstrumentType.Future, .4),
            One("future on a rate", InstrumentType.Future, .4) with { RateFactor = 2 },
            One("future in euro", InstrumentType.Future, 1.5) with { RateFactor = 2, Currency = "EUR" },
            Option("call", 80, .4, OptionRight.Call),
            Option("call, same dividends", 90, .4, OptionRight.Call),
            Option("put on a rate", 75, .4, OptionRight.Put) with { RateFactor = 2 },
            Option("put in euro", 85, 1.5, OptionRight.Put) with { Currency = "EUR", VolatilityFactor = 1 },
            Option("call that expires", 80, 1.5 / 365, OptionRight.Call),
            Option("deep put", 8e4, .4, OptionRight.Put) with { RateFactor = 2 },
            Option("call without dividends to come", 80, .5 / 365, OptionRight.Call),
        ];
        int[] all = [.. Enumerable.Range(0, instruments.Length)];
        return new ClearingSet
        {
            Settings = new RunSettings
            {
                AsOf = new DateTimeOffset(2020, 4, 20, 16, 0, 0, TimeSpan.Zero),
                Currency = "USD",
                Copula = new Copula(CopulaFamily.StudentT, 5),
                Fx = new Dictionary<string, FxRate> { ["EUR"] = new("EURUSD", false) },
                Scenarios = scenarios,
                Precision = precision,
                Ageing = ageing,
            },
            Factors =
            [
                new RiskFactor { Name = "STOCK", Kind = RiskFactorKind.Price, Level = Level, Variance = variance, Marginal = MarginalFamily.StudentT, DegreesOfFreedom = 5 },
                new RiskFactor { Name = "VOL", Kind = RiskFactorKind.Volatility, Level = 1, Variance = 1e-3 },
                new RiskFactor { Name = "RATE", Kind = RiskFactorKind.Rate, Level = .03, Variance = 1e-5 },
                new RiskFactor { Name = "EURUSD", Kind = RiskFactorKind.Price, Level = 1.1, Variance = 1e-4 },
            ],
            Correlation = new double[,] { { 1, -.5, 0, .2 }, { -.5, 1, 0, 0 }, { 0, 0, 1, 0 }, { .2, 0, 0, 1 } },
            Instruments = instruments,
            Accounts = [.. instruments.Select(instrument => instrument.Name)],
            Positions = new PositionTable(all, all, [.. all.Select(_ => 1.0)]),
        };
    }

    static Instrument One(string name, InstrumentType type, double years) => new()
    {
        Name = name,
        Type = type,
        Underlying = 0,
        Currency = "USD",
        Multiplier = 10,
        YearsToExpiry = years,
        Rate = .03,
        Dividends = Dividends,
    };

    static Instrument Option(string name, double strike, double years, OptionRight right) =>
        One(name, InstrumentType.Option, years) with { Strike = strike, Right = right, Volatility = .3 };
}
