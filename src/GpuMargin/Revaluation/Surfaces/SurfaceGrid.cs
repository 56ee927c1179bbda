using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.Surfaces;

/// <summary>Points of a surface at which a scenario's move is searched for arbitrage: at every expiry from two standard deviations below the forward to two above, half of one apart.</summary>
/// <remarks>
/// Between the points a moved surface need not be smooth, as loadings are linear between pivots; a kink that no three neighbouring strikes show is not counted.
/// The forward moves with the price alone.
/// </remarks>
sealed class SurfaceGrid
{
    const int Steps = 4;
    const double Step = 0.5, DaysPerYear = 365;

    // Of a price in units of the forward, and of a total variance.
    const double Rounding = 1e-12;

    readonly VolatilitySurface surface;
    readonly int underlying;
    readonly Point[][] points; // by expiry
    readonly Point[][] later; // by expiry, the next one's at the same log-moneyness

    /// <param name="underlying">The price factor.</param>
    public SurfaceGrid(VolatilitySurface surface, int underlying)
    {
        (this.surface, this.underlying) = (surface, underlying);
        points = new Point[surface.Smiles.Count][];
        later = new Point[surface.Smiles.Count][];
        for (int e = 0; e < points.Length; e++)
        {
            double deviation = Math.Sqrt(surface.Smiles[e].Slice.TotalVariance(0));
            double[] places = [.. Enumerable.Range(-Steps, 2 * Steps + 1).Select(k => Step * k * deviation)];
            points[e] = [.. places.Select(k => At(e, k))];
            later[e] = e + 1 < points.Length ? [.. places.Select(k => At(e + 1, k))] : [];
        }
    }

    /// <param name="shocks">Of a scenario, per factor.</param>
    public bool HasArbitrage(ReadOnlySpan<double> shocks)
    {
        double forward = shocks[underlying];
        for (int e = 0; e < points.Length; e++)
        {
            double steepest = -1, before = 0, strikeBefore = 0;
            for (int j = 0; j < points[e].Length; j++)
            {
                double variance = Variance(e, points[e][j], forward, shocks);
                if (later[e].Length > 0 && Variance(e + 1, later[e][j], forward, shocks) < variance - Rounding)
                {
                    return true;
                }

                double strike = HostMath.Exp(points[e][j].LogMoneyness - forward), price = Call(points[e][j].LogMoneyness - forward, strike, variance);
                if (j > 0)
                {
                    double slope = (price - before) / (strike - strikeBefore);
                    if (slope < steepest - Rounding || slope > Rounding)
                    {
                        return true;
                    }

                    steepest = slope;
                }

                (before, strikeBefore) = (price, strike);
            }
        }

        return false;
    }

    Point At(int expiry, double k)
    {
        double deviation = Math.Sqrt(surface.Smiles[expiry].Slice.TotalVariance(k)), days = DaysPerYear * surface.Smiles[expiry].Years;
        double coordinate = surface.Coordinate == SurfaceCoordinate.Delta
            ? NormalDistribution.Cumulative(Float64.Of(deviation / 2 - k / deviation)).Value
            : k / deviation;
        return new Point(k, [.. PivotLoadings.Of(surface, days, coordinate)]);
    }

    // w(k − β·f)·e^(2Σ l·x).
    double Variance(int expiry, Point point, double forward, ReadOnlySpan<double> shocks)
    {
        double move = 0;
        foreach (PivotLoading pivot in point.Loadings)
        {
            move += pivot.Loading * shocks[pivot.Factor];
        }

        return surface.Smiles[expiry].Slice.TotalVariance(point.LogMoneyness - surface.Stickiness * forward) * HostMath.Exp(2 * move);
    }

    // Undiscounted, in units of the forward.
    static double Call(double logMoneyness, double strike, double variance)
    {
        double deviation = Math.Max(Math.Sqrt(variance), OptionChange.LeastDeviation(single: false));
        return OptionLegs<Float64>.Of(1, -logMoneyness, 1, strike, deviation).ValueLess(Float64.Of(0)).Value;
    }

    readonly record struct Point(double LogMoneyness, PivotLoading[] Loadings);
}
