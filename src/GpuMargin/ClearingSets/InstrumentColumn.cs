namespace GpuMargin.ClearingSets;

/// <summary>Columns of instruments.csv that only some types have, in the order in which they are read.</summary>
enum InstrumentColumn
{
    Strike,
    Expiry,
    Right,
    Exercise,
    Volatility,
    VolatilityFactor,
    VolatilitySurface,
}
