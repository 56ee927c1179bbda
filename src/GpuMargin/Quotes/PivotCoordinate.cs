namespace GpuMargin.Quotes;

/// <summary>How pivots are placed across strikes, by the volatility of the place itself.</summary>
enum PivotCoordinate
{
    /// <summary>Φ(d1), the forward delta of the call.</summary>
    Delta,

    /// <summary>ln(K/F)/(σ√T).</summary>
    Moneyness,
}
