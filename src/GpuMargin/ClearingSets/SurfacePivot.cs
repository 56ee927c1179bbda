namespace GpuMargin.ClearingSets;

/// <summary>One row of pivots.csv: a point of a surface whose volatility a factor moves.</summary>
/// <param name="Factor">Index of the volatility factor.</param>
/// <param name="Days">To expiry, greater than 0.</param>
/// <param name="Coordinate">In the surface's coordinate; NaN where the pivot is the only one of its days, for all strikes.</param>
public readonly record struct SurfacePivot(int Factor, double Days, double Coordinate);

/// <summary>Coordinate across strikes, by an option's own volatility today.</summary>
public enum SurfaceCoordinate
{
    /// <summary>Φ(d1), the forward delta of the call: between 0 and 1, falling with the strike.</summary>
    Delta,

    /// <summary>ln(K/F)/(σ√T).</summary>
    Moneyness,
}
