using GpuMargin.ClearingSets;
using GpuMargin.Numerics.Estimation;
using MathNet.Numerics.RootFinding;

namespace GpuMargin.Quotes;

/// <summary>Where the pivots of a surface are.</summary>
static class PivotReading
{
    const double Accuracy = 1e-13;
    const int IterationsAtMost = 100;
    const double FirstReach = 4, LargestReach = 64; // in deviations at the forward

    /// <summary>ln(K/F) of a pivot.</summary>
    /// <exception cref="RefusedInputException">There is none.</exception>
    public static double LogMoneyness(FittedSurface surface, PivotPoint pivot, SurfaceCoordinate coordinate)
    {
        if (pivot.Coordinate is not { } place)
        {
            return 0;
        }

        double years = pivot.Days / SurfaceDynamics.DaysPerYear, quantile = coordinate == SurfaceCoordinate.Delta ? StudentTScores.NormalScore(place) : 0;
        double unit = Deviation(0);
        for (double reach = FirstReach; reach <= LargestReach; reach *= 2)
        {
            if (Brent.TryFindRoot(Error, -reach * unit, reach * unit, Accuracy, IterationsAtMost, out double root))
            {
                return root;
            }
        }

        throw new RefusedInputException([new Fault(surface.Day.File, null, null, null, $"a surface of '{surface.Day.Underlying}' that has a place for the pivot {pivot.Name}")]);

        double Deviation(double k) => surface.Volatility(k, years) * Math.Sqrt(years);

        double Error(double k)
        {
            double deviation = Deviation(k);
            return coordinate == SurfaceCoordinate.Delta ? k + quantile * deviation - deviation * deviation / 2 : k - place * deviation;
        }
    }

    public static double Volatility(FittedSurface surface, PivotPoint pivot, SurfaceCoordinate coordinate) =>
        surface.Volatility(LogMoneyness(surface, pivot, coordinate), pivot.Days / SurfaceDynamics.DaysPerYear);
}
