using GpuMargin.ClearingSets;

namespace GpuMargin.Quotes;

/// <summary>How a surface moves.</summary>
/// <param name="Stickiness">β: 0 the volatility of a strike stays when the forward moves, 1 that of a moneyness.</param>
/// <param name="TermPower">A pivot's loading on an option of other days is (its days/days)^power, and all pivots have the same days; <see langword="null"/>: by the pivots of other days.</param>
/// <param name="Pivots">By days, then by coordinate.</param>
sealed record SurfaceDynamics(double Stickiness, double? TermPower, SurfaceCoordinate Coordinate, IReadOnlyList<PivotPoint> Pivots)
{
    public const double DaysPerYear = 365;
}
