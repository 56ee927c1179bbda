using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>American options on one price, with a volatility, a rate and an exchange rate that move.</summary>
static class AmericanSet
{
    internal const double Spot = 100;

    internal static readonly Instrument Put = Option("put", OptionRight.Put, 110);

    internal static readonly Instrument Call = Option("call", OptionRight.Call, 90) with { DividendYield = .08 };

    internal static IReadOnlyList<Instrument> Varied { get; } =
    [
        Put, Call,
        Put with { Name = "put, constant volatility", VolatilityFactor = -1 },
        Put with { Name = "put in EUR", Currency = "EUR", Multiplier = 10 },
        Put with { Name = "put, rate", RateFactor = 2 },
        Call with { Name = "call, rate", RateFactor = 2, Strike = 100 },
        Put with { Name = "put, low rate", Rate = .001, RateFactor = 2 },
        Put with { Name = "put, no rate", Rate = 0 },
        Put with { Name = "put, no rate today", Rate = 0, RateFactor = 2 },
        Put with { Name = "put, negative rate today", Rate = -.002, RateFactor = 2 },
        Put with { Name = "put, rate near the yield", Rate = .011, YearsToExpiry = .2, RateFactor = 2 },
        Call with { Name = "call, no yield", DividendYield = 0 },
        Put with { Name = "put, curve", Rate = 0, Curve = new ZeroCurve("USD", [new CurveNode(30, .02, 2), new CurveNode(365, .05, 2)]) },
        Put with { Name = "put, expires on the way", YearsToExpiry = 1.5 / 365 },
        Put with { Name = "put, certain drift", Rate = .1, DividendYield = 0, Volatility = .1, YearsToExpiry = 2 },
        Put with { Name = "deep put, certain drift", Strike = 2e10, Rate = .1, DividendYield = 0, Volatility = .1, YearsToExpiry = 2 },
        Put with { Name = "deep put, constant volatility", Strike = 2e10, VolatilityFactor = -1 },
        Put with { Name = "deep put in EUR, rate", Strike = 2e10, Currency = "EUR", RateFactor = 2 },
    ];

    static Instrument Option(string name, OptionRight right, double strike) => new()
    {
        Name = name,
        Type = InstrumentType.Option,
        Underlying = 0,
        Currency = "USD",
        Strike = strike,
        YearsToExpiry = .5,
        Right = right,
        Exercise = ExerciseStyle.American,
        Volatility = .3,
        VolatilityFactor = 1,
        Rate = .05,
        DividendYield = .01,
    };

    internal static ClearingSet Set(Precision precision, Ageing ageing, params Instrument[] instruments) => ProfitAndLossOracleTests.OneAccountEach(new()
    {
        Settings = new RunSettings
        {
            AsOf = DateTimeOffset.UnixEpoch,
            Currency = "USD",
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Scenarios = 150,
            Precision = precision,
            Ageing = ageing,
            HorizonDays = 2,
            Fx = new Dictionary<string, FxRate> { ["EUR"] = new FxRate("EURUSD", false) },
        },
        Factors =
        [
            new RiskFactor { Name = "S", Kind = RiskFactorKind.Price, Level = Spot, Variance = .02 },
            new RiskFactor { Name = "S.vol", Kind = RiskFactorKind.Volatility, Level = 1, Variance = .03 },
            new RiskFactor { Name = "R", Kind = RiskFactorKind.Rate, Level = .05, Variance = 4e-6 },
            new RiskFactor { Name = "EURUSD", Kind = RiskFactorKind.Price, Level = 1.1, Variance = 1e-4 },
        ],
        Correlation = new[,] { { 1, -.5, 0, 0 }, { -.5, 1, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } },
        Instruments = instruments,
        Accounts = ["a"],
        Positions = new([0], [0], [1]),
    });
}
