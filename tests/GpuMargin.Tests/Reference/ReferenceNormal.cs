using MathNet.Numerics;

namespace GpuMargin.Tests.Reference;

/// <summary>Standard normal distribution, accurate in the far tails.</summary>
public static class ReferenceNormal
{
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>P(X ≤ x).</summary>
    public static double Cdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>P(X &gt; x), without the cancellation of 1 − <see cref="Cdf"/>.</summary>
    public static double UpperTail(double x) => Cdf(-x);

    /// <summary>F⁻¹(p), 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p)
    {
        if (p > 0.5)
        {
            return -Quantile(1 - p);
        }

        double x = -Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * p);
        return x - ((Cdf(x) - p) / Density(x));
    }

    /// <summary>The value exceeded with probability <paramref name="q"/>.</summary>
    public static double UpperQuantile(double q) => -Quantile(q);
}
