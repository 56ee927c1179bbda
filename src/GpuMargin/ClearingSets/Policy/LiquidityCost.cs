namespace GpuMargin.ClearingSets.Policy;

/// <summary>Cost of liquidating a book, from liquidity.csv: half spread on what is traded, impact on what is concentrated.</summary>
/// <remarks>
/// An instrument trades |quantity| · units · |delta| of its underlying, worth that times today's level, and costs half_spread of it.
/// Impact: x is the net position of all instruments under one row in its own measure of volume, n = x / average_daily_volume; where |n| exceeds the threshold,
/// the excess e = |n| − threshold costs impact · f(e) of the excess' worth, f(e) = √e (Almgren, Thum, Hauptmann and Li 2005; Tóth et al. 2011) or e (Kyle 1985).
/// </remarks>
public sealed record LiquidityCost
{
    public ImpactLaw Impact { get; init; } = ImpactLaw.SquareRoot;

    /// <summary>Positions up to this share of the average daily volume have no impact; 0 or more.</summary>
    public double ConcentrationThreshold { get; init; }
}

public enum ImpactLaw
{
    SquareRoot,
    Linear,
}
