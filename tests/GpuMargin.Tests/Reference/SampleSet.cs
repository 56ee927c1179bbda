using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Reference;

/// <summary>A small clearing set in US dollars: price X at 100, EURUSD at 1.25, a volatility and a rate factor; EUR, its reciprocal XAU, and COIN, which is X itself.</summary>
static class SampleSet
{
    public const int Volatility = 2;
    public const int Rate = 3;

    public static ClearingSet Of(params Instrument[] instruments) => Of(Ageing.None, instruments);

    public static ClearingSet Of(Ageing ageing, params Instrument[] instruments) => new()
    {
        Settings = new()
        {
            AsOf = new(2001, 1, 2, 16, 0, 0, TimeSpan.Zero),
            Currency = "USD",
            Copula = new(CopulaFamily.Gaussian, double.PositiveInfinity),
            Fx = new Dictionary<string, FxRate>
            {
                ["EUR"] = new("EURUSD", false),
                ["XAU"] = new("EURUSD", true),
                ["COIN"] = new("X", false),
            },
            Ageing = ageing,
        },
        Factors =
        [
            Factor("X", RiskFactorKind.Price, 100),
            Factor("EURUSD", RiskFactorKind.Price, 1.25),
            Factor("VOL", RiskFactorKind.Volatility, 1),
            Factor("RATE", RiskFactorKind.Rate, .05),
        ],
        Correlation = new double[,] { { 1, .5, -.3, 0 }, { .5, 1, 0, 0 }, { -.3, 0, 1, .2 }, { 0, 0, .2, 1 } },
        Instruments = instruments,
        Accounts = ["A"],
        Positions = new([0], [0], [1]),
    };

    /// <summary>10 units of X, rate 5 %, yield 2 %, two years.</summary>
    public static Instrument Contract(InstrumentType type) => new()
    {
        Name = type.ToString(),
        Type = type,
        Underlying = 0,
        Currency = "USD",
        Multiplier = 10,
        Rate = .05,
        DividendYield = .02,
        YearsToExpiry = type.Word is "future" or "inverse-future" ? 2 : 0,
    };

    /// <summary>Haug's call (60, 65, rate 8 %, a quarter year, 30 %: 2.1334) scaled to a spot of 100.</summary>
    public static Instrument Option(InstrumentType type) => new()
    {
        Name = type.ToString(),
        Type = type,
        Underlying = 0,
        Currency = "USD",
        Multiplier = 6,
        Strike = 65 * 100.0 / 60,
        Rate = .08,
        YearsToExpiry = .25,
        Volatility = .3,
    };

    static RiskFactor Factor(string name, RiskFactorKind kind, double level) =>
        new() { Name = name, Kind = kind, Level = level, Variance = 1e-4 };
}
