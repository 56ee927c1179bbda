using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.Surfaces;

/// <summary>Points of a surface at which a scenario's move is searched for arbitrage: at every expiry from two standard deviations below the forward to two above, half of one apart.</summary>
/// <remarks>
/// Between the points a moved surface need not be smooth, as loadings are linear between pivots; a kink that three neighbours do not show is not counted.
/// The forward moves with the price alone.
/// </remarks>
sealed class SurfaceGrid
{
    const int Steps = 4;
    const double Step = 0.5, DaysPerYear = 365;

    // Of a total variance, and of g.
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
        Growth here = new(0, 1), after = here;
        for (int e = 0; e < points.Length; e++)
        {
            double low = 0, middle = 0, step = points[e][1].LogMoneyness - points[e][0].LogMoneyness;
            for (int j = 0; j < points[e].Length; j++)
            {
                double high = Variance(e, points[e][j], forward, shocks, ref here);
                if (later[e].Length > 0 && Variance(e + 1, later[e][j], forward, shocks, ref after) < high - Rounding)
                {
                    return true;
                }

                if (j > 1 && Durrleman(points[e][j - 1].LogMoneyness - forward, step, low, middle, high) < -Rounding)
                {
                    return true;
                }

                (low, middle) = (middle, high);
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
    double Variance(int expiry, Point point, double forward, ReadOnlySpan<double> shocks, ref Growth growth)
    {
        double move = 0;
        foreach (PivotLoading pivot in point.Loadings)
        {
            move += pivot.Loading * shocks[pivot.Factor];
        }

        if (move != growth.Move)
        {
            growth = new Growth(move, HostMath.Exp(2 * move));
        }

        return surface.Smiles[expiry].Slice.TotalVariance(point.LogMoneyness - surface.Stickiness * forward) * growth.OfVariance;
    }

    // g, the density's sign, with the derivatives of w as differences of three neighbours.
    static double Durrleman(double k, double step, double low, double middle, double high)
    {
        double slope = (high - low) / (2 * step), curvature = (high - 2 * middle + low) / (step * step), share = 1 - k * slope / (2 * middle);
        return share * share - slope * slope / 4 * (1 / middle + 0.25) + curvature / 2;
    }

    // The last point's, which neighbours often share.
    readonly record struct Growth(double Move, double OfVariance);

    readonly record struct Point(double LogMoneyness, PivotLoading[] Loadings);
}
