using GpuMargin.ClearingSets;
using MathNet.Numerics.Distributions;

namespace GpuMargin.Tests.Reference;

/// <summary>What a surface multiplies an option's volatility by, from the formulas of the model document: weights are products of hat functions, total variances raw SVI.</summary>
public static class ReferenceSurface
{
    const double DaysPerYear = 365; // ACT/365

    /// <param name="years">To expiry today.</param>
    /// <param name="moneyness">ln(F/K) today; of an additive price F − K.</param>
    /// <param name="volatility">Today's.</param>
    /// <param name="forwardMove">Log-return of the forward.</param>
    public static double Growth(VolatilitySurface surface, double years, double moneyness, double volatility, bool additive, double forwardMove, ReadOnlySpan<double> shocks)
    {
        double deviation = volatility * Math.Sqrt(years);
        double d1 = (moneyness / deviation) + (additive ? 0 : deviation / 2);
        double place = surface.Coordinate == SurfaceCoordinate.Delta ? Normal.CDF(0, 1, d1) : -moneyness / deviation;
        double exponent = 0;
        foreach (SurfacePivot pivot in surface.Pivots)
        {
            exponent += Weight(surface, pivot, Math.Max(years * DaysPerYear, 1), place) * shocks[pivot.Factor];
        }

        return Math.Exp(exponent) * (surface.Stickiness == 0 ? 1 : Math.Sqrt(
            TotalVariance(surface, years, -moneyness - (surface.Stickiness * forwardMove)) / TotalVariance(surface, years, -moneyness)));
    }

    /// <summary>Total variance: linear in time between expiries, in proportion to it outside.</summary>
    public static double TotalVariance(VolatilitySurface surface, double years, double k)
    {
        Smile last = surface.Smiles[^1], first = surface.Smiles[0];
        if (years <= first.Years || years >= last.Years)
        {
            Smile nearest = years <= first.Years ? first : last;
            return Svi(nearest, k) * years / nearest.Years;
        }

        Smile after = surface.Smiles.First(smile => smile.Years > years), before = surface.Smiles.Last(smile => smile.Years <= years);
        return ((Svi(before, k) * (after.Years - years)) + (Svi(after, k) * (years - before.Years))) / (after.Years - before.Years);
    }

    static double Svi(Smile smile, double k)
    {
        double x = k - smile.Slice.M;
        return smile.Slice.A + (smile.Slice.B * ((smile.Slice.Rho * x) + Math.Sqrt((x * x) + (smile.Slice.Sigma * smile.Slice.Sigma))));
    }

    static double Weight(VolatilitySurface surface, SurfacePivot pivot, double days, double place)
    {
        double[] across = [.. surface.Pivots.Where(other => other.Days == pivot.Days).Select(other => other.Coordinate)];
        double[] along = [.. surface.Pivots.Select(other => Math.Log(other.Days)).Distinct()];
        double weight = across.Length == 1 ? 1 : Hat(across, pivot.Coordinate, place);
        return surface.TermPower is { } power ? weight * Math.Pow(pivot.Days / days, power) : weight * Hat(along, Math.Log(pivot.Days), Math.Log(days));
    }

    // 1 at a node, 0 at its neighbours, linear between them, and flat outside all nodes.
    static double Hat(double[] nodes, double node, double x)
    {
        double inside = Math.Clamp(x, nodes.Min(), nodes.Max());
        double[] below = [.. nodes.Where(other => other < node)], above = [.. nodes.Where(other => other > node)];
        return inside == node ? 1
            : inside < node ? (below.Length == 0 ? 0 : Math.Max(0, (inside - below.Max()) / (node - below.Max())))
            : above.Length == 0 ? 0 : Math.Max(0, (above.Min() - inside) / (above.Min() - node));
    }
}
