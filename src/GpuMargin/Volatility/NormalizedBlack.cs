using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Volatility;

/// <summary>Undiscounted Black-76 value of an option that is not in the money over √(FK), by x = −|ln(K/F)| and s = σ√T.</summary>
/// <remarks>
/// With h = x/s, t = s/2 and Y = Φ/φ: b = φ(√(h² + t²))·(Y(h + t) − Y(h − t)) (Jäckel 2015, "Let's be rational"). Below t = ¼ the difference is the odd part of
/// Taylor's series, whose derivatives follow Y⁽ⁿ⁺¹⁾ = hY⁽ⁿ⁾ + nY⁽ⁿ⁻¹⁾; so nothing cancels at the money.
/// </remarks>
static class NormalizedBlack
{
    const double SeriesBelow = 0.25;
    const int SeriesTerms = 9; // the first that is left out is below 2e-20 of the sum
    const double LogRootTwoPi = 0.91893853320467274;

    /// <summary>ln b.</summary>
    public static double LogValue(double x, double s)
    {
        double h = x / s, t = s / 2;
        if (t >= SeriesBelow && h + t > 0)
        {
            return HostMath.Log(HostMath.Exp(x / 2) * Cumulative(h + t) - HostMath.Exp(-x / 2) * Cumulative(h - t));
        }

        double difference = t < SeriesBelow ? Series(h, t) : Ratio(h + t) - Ratio(h - t);
        return HostMath.Log(difference) - (h * h + t * t) / 2 - LogRootTwoPi;
    }

    /// <summary>ln ∂b/∂s.</summary>
    public static double LogVega(double x, double s)
    {
        double h = x / s, t = s / 2;
        return -(h * h + t * t) / 2 - LogRootTwoPi;
    }

    static double Series(double h, double t)
    {
        double before = Ratio(h), derivative = 1 + h * before, power = t, sum = 0;
        for (int n = 1; n < 2 * SeriesTerms; n += 2)
        {
            sum += power * derivative;
            double next = h * derivative + n * before;
            (before, derivative) = (next, h * next + (n + 1) * derivative);
            power *= t * t / ((n + 1) * (n + 2));
        }

        return 2 * sum;
    }

    // Y(z), z ≤ 0: Mills' ratio at −z.
    static double Ratio(double z) => NormalDistribution.MillsRatio(Float64.Of(1) / NormalDistribution.MillsDenominator(Float64.Of(-z))).Value;

    static double Cumulative(double x) => NormalDistribution.Cumulative(Float64.Of(x)).Value;
}
