using GpuMargin.Volatility;

namespace GpuMargin.Quotes;

/// <summary>An option that is not in the money, by implied volatilities.</summary>
/// <param name="LogMoneyness">ln(K/F).</param>
/// <param name="Volatility">Of the mid.</param>
/// <param name="Bid">Of the bid; 0: it has none.</param>
/// <param name="Ask">Of the ask; +∞: it has none.</param>
/// <param name="Weight">Vega over spread.</param>
readonly record struct SmilePoint(double LogMoneyness, double Volatility, double Bid, double Ask, double Weight)
{
    public SmileQuote Quote => new(LogMoneyness, Volatility, Weight);
}
