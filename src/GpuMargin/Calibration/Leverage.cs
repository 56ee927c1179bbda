namespace GpuMargin.Calibration;

/// <summary>Assumed correlation of a price and its implied volatility, by the kind of the underlying.</summary>
public enum Leverage
{
    EquityIndex,

    Equity,

    Crypto,
}
