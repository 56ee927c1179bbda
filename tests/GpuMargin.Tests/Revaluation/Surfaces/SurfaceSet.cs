using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Revaluation.Surfaces;

/// <summary>A price, two volatility factors and a rate, and options that can have a surface.</summary>
static class SurfaceSet
{
    internal const int Price = 0, First = 1, Second = 2, Rate = 3, Units = 4;

    internal static readonly Smile[] Smiles =
        [new(30 / 365.0, new(.002, .04, -.5, .01, .1)), new(180 / 365.0, new(.01, .09, -.4, 0, .2))];

    internal static readonly Instrument Option = new()
    {
        Name = "option",
        Type = InstrumentType.Option,
        Underlying = Price,
        Currency = "USD",
        Strike = 105,
        YearsToExpiry = 60 / 365.0,
        Right = OptionRight.Put,
        Volatility = .3,
        Rate = .04,
        DividendYield = .01,
        RateFactor = Rate,
    };

    internal static readonly Instrument[] Kinds =
    [
        Option,
        Option with { Name = "call", Right = OptionRight.Call },
        Option with { Name = "American", Exercise = ExerciseStyle.American },
        Option with { Name = "on a future", Type = InstrumentType.FutureOption, DividendYield = 0 },
        Option with { Name = "in coin", Type = InstrumentType.InverseOption },
        Option with { Name = "deep", Strike = 3000 },
    ];

    /// <summary>Option on the additive price.</summary>
    internal static readonly Instrument OnUnits = Option with { Name = "of units", Underlying = Units, Strike = -3, Volatility = 12 };

    internal static VolatilitySurface Surface(double stickiness, params SurfacePivot[] pivots) =>
        new("surface", stickiness, SurfaceCoordinate.Delta, Smiles, pivots);

    internal static ClearingSet Of(Precision precision, params Instrument[] instruments) => new()
    {
        Settings = new RunSettings
        {
            AsOf = DateTimeOffset.UnixEpoch,
            Currency = "USD",
            Copula = new Copula(CopulaFamily.StudentT, 4),
            Scenarios = 300,
            Precision = precision,
            Ageing = Ageing.Horizon,
        },
        Factors =
        [
            new RiskFactor { Name = "S", Kind = RiskFactorKind.Price, Level = 100, Variance = 4e-4 },
            new RiskFactor { Name = "near", Kind = RiskFactorKind.Volatility, Level = 1, Variance = 3e-3 },
            new RiskFactor { Name = "far", Kind = RiskFactorKind.Volatility, Level = 1, Variance = 1e-3 },
            new RiskFactor { Name = "rate", Kind = RiskFactorKind.Rate, Level = .04, Variance = 1e-6 },
            new RiskFactor { Name = "units", Kind = RiskFactorKind.Additive, Level = -2, Variance = 1 },
        ],
        Correlation = new[,] { { 1, -.6, -.5, 0, 0 }, { -.6, 1, .8, 0, 0 }, { -.5, .8, 1, 0, 0 }, { 0, 0, 0, 1, 0 }, { 0, 0, 0, 0, 1 } },
        Instruments = instruments,
        Accounts = ["a"],
        Positions = new([0], [0], [1]),
    };
}
