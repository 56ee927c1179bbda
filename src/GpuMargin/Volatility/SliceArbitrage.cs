using GpuMargin.Numerics;

namespace GpuMargin.Volatility;

/// <summary>Static arbitrage of SVI slices.</summary>
/// <remarks>
/// Functions of k are read at points that lie as dense as the slices bend: m + σ·sinh u, and around the least variance by its own width. Between them ends
/// and minima are found as roots. What is above −1e-12 counts as rounding.
/// </remarks>
public static class SliceArbitrage
{
    const double Rounding = 1e-12;

    // sinh 16 = 4.4e6 widths.
    const double Reach = 16, Step = 1.0 / 16;

    /// <summary>Steepest wing without arbitrage (Lee 2004).</summary>
    public const double SteepestWing = 2;

    /// <summary>Ranges in which Durrleman's g is negative, rising; none: no butterfly arbitrage.</summary>
    /// <exception cref="ArgumentException">The slice's least variance is not above zero, b below zero, |ρ| not below one or σ not above zero.</exception>
    public static IReadOnlyList<ArbitrageRange> Butterfly(SviSlice slice)
    {
        Check(slice);
        return NegativeRanges.Of(
            slice.Durrleman, slice.DurrlemanSlope, Points(slice), Rounding,
            below: WingDensity(slice.B * (1 - slice.Rho)), above: WingDensity(slice.B * (1 + slice.Rho)));
    }

    /// <summary>Ranges in which total variance falls from an expiry to a later one at the same k, rising; none: no calendar arbitrage.</summary>
    /// <exception cref="ArgumentException">As of <see cref="Butterfly"/>.</exception>
    public static IReadOnlyList<ArbitrageRange> Calendar(SviSlice earlier, SviSlice later)
    {
        Check(earlier);
        Check(later);
        return NegativeRanges.Of(
            k => later.TotalVariance(k) - earlier.TotalVariance(k), k => later.Slope(k) - earlier.Slope(k), Points(earlier, later), Rounding,
            below: Infinite(later.B * (1 - later.Rho) - earlier.B * (1 - earlier.Rho)), above: Infinite(later.B * (1 + later.Rho) - earlier.B * (1 + earlier.Rho)));
    }

    // g towards the end of a wing.
    static double WingDensity(double slope) => (4 - slope * slope) / 16;

    static double Infinite(double slope) => slope < -Rounding ? double.NegativeInfinity : 0;

    static double[] Points(params ReadOnlySpan<SviSlice> slices)
    {
        List<double> points = [0];
        foreach (SviSlice slice in slices)
        {
            double narrow = Math.Sqrt(2 * slice.LeastVariance / Math.Max(slice.Curvature(slice.Lowest), double.Epsilon));
            for (double u = -Reach; u <= Reach; u += Step)
            {
                double distance = HostMath.Sinh(u);
                points.Add(slice.M + slice.Sigma * distance);
                points.Add(slice.Lowest + Math.Min(narrow, slice.Sigma) * distance);
            }
        }

        points.Sort();
        return [.. points];
    }

    static void Check(SviSlice slice)
    {
        if (!(slice.LeastVariance > 0 && slice.B >= 0 && Math.Abs(slice.Rho) < 1 && slice.Sigma > 0 && double.IsFinite(slice.A + slice.B + slice.M + slice.Sigma)))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{slice} has a least variance of {slice.LeastVariance}, expected one above zero, with b ≥ 0, |ρ| < 1 and σ > 0."), nameof(slice));
        }
    }
}
