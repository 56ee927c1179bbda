using GpuMargin.Volatility;

namespace GpuMargin.Quotes;

/// <summary>The slice of one expiry and the quotes that it was fitted to.</summary>
/// <param name="Points">Rising in strike.</param>
sealed record FittedSmile(ExpiryQuotes Quotes, ExpiryMarket Market, IReadOnlyList<SmilePoint> Points, SviFit Fit)
{
    /// <summary>Quotes whose fitted volatility lies between those of bid and ask.</summary>
    public int InsideSpread => Points.Count(point => Fit.Slice.Volatility(point.LogMoneyness, Market.Years) is var fitted && fitted >= point.Bid && fitted <= point.Ask);
}
