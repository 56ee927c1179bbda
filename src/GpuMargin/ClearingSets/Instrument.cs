using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.ClearingSets;

/// <summary>One row of instruments.csv, names resolved to factors.</summary>
public sealed record Instrument
{
    public required string Name { get; init; }

    public required InstrumentType Type { get; init; }

    /// <summary>Index of the underlying price factor in <see cref="ClearingSet.Factors"/>.</summary>
    public required int Underlying { get; init; }

    public required string Currency { get; init; }

    /// <summary>Groups instruments for the policy's margin periods of risk and offset limit.</summary>
    public string ProductClass { get; init; } = BaseMargin.DefaultClass;

    /// <summary>Units of underlying per contract; quote-currency units per contract for inverse futures and perpetuals.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>K &gt; 0 of an option, of any sign on an additive price; NaN otherwise.</summary>
    public double Strike { get; init; } = double.NaN;

    /// <summary>Time to expiry in years, ACT/365 from <see cref="RunSettings.AsOf"/>; 0 for spot and perpetuals.</summary>
    public double YearsToExpiry { get; init; }

    public OptionRight Right { get; init; }

    /// <summary>When an option may be exercised.</summary>
    public ExerciseStyle Exercise { get; init; }

    /// <summary>Today's implied volatility, per √year; of an option on an additive price in units of the price (Bachelier); 0 unless an option.</summary>
    public double Volatility { get; init; }

    /// <summary>Index of the volatility factor; −1 when the volatility stays constant.</summary>
    public int VolatilityFactor { get; init; } = -1;

    /// <summary>The surface that moves the volatility, in place of <see cref="VolatilityFactor"/>; <see langword="null"/>: none.</summary>
    public VolatilitySurface? Surface { get; init; }

    /// <summary>Continuously compounded, per year; 0 with a <see cref="Curve"/>.</summary>
    public double Rate { get; init; }

    public double DividendYield { get; init; }

    /// <summary>Cash dividends of the underlying after <see cref="RunSettings.AsOf"/> by ex-date, in the unit of its price; the same of all instruments on it. With any, <see cref="DividendYield"/> is 0.</summary>
    public IReadOnlyList<CashDividend> Dividends { get; init; } = [];

    /// <summary>Index of the rate factor; −1 when the rate stays constant.</summary>
    public int RateFactor { get; init; } = -1;

    /// <summary>The curve that has the rate and its factors; <see langword="null"/>: <see cref="Rate"/> and <see cref="RateFactor"/>.</summary>
    public ZeroCurve? Curve { get; init; }

    /// <summary>Zero rate to a time, per year.</summary>
    internal double RateTo(double years) => Curve is null ? Rate : Curve.Rate(years);

    internal RateMove RateMove(double years) => Curve is null ? ClearingSets.RateMove.Of(RateFactor) : Curve.Move(years);
}

public enum OptionRight
{
    Call,
    Put,
}
