using MathNet.Numerics;

namespace GpuMargin.Tests.Reference;

/// <summary>Student's t distribution with ν degrees of freedom, not standardised (variance ν/(ν − 2)), accurate in the far tails; ν = ∞ is the normal distribution.</summary>
/// <remarks>MathNet's own quantile searches [−800, 800] by a general root finder and is poor in the tails, so the incomplete beta function is written out here.</remarks>
public static class ReferenceStudentT
{
    const double TailFrom = 2; // beyond it the tail's own fraction, below it 1/2 less the centre, which loses at most two digits

    public static double Density(double x, double nu) =>
        double.IsPositiveInfinity(nu)
            ? ReferenceNormal.Density(x)
            : GammaRatio(nu / 2) / Math.Sqrt(nu * Math.PI) * Math.Exp(-(nu + 1) / 2 * SpecialFunctions.Log1p(x * x / nu));

    /// <summary>P(X ≤ x).</summary>
    public static double Cdf(double x, double nu) => UpperTail(-x, nu);

    /// <summary>P(X &gt; x), without the cancellation of 1 − <see cref="Cdf"/>.</summary>
    public static double UpperTail(double x, double nu)
    {
        if (double.IsPositiveInfinity(nu))
        {
            return ReferenceNormal.UpperTail(x);
        }

        if (x < 0)
        {
            return 1 - UpperTail(-x, nu);
        }

        return x > TailFrom ? Tail(x, nu) : 0.5 - Centre(x, nu);
    }

    /// <summary>F⁻¹(p), 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p, double nu) => p <= 0.5 ? -UpperQuantile(p, nu) : UpperQuantile(1 - p, nu);

    /// <summary>The value exceeded with probability <paramref name="q"/>.</summary>
    public static double UpperQuantile(double q, double nu)
    {
        if (double.IsPositiveInfinity(nu))
        {
            return ReferenceNormal.UpperQuantile(q);
        }

        if (q > 0.5)
        {
            return -UpperQuantile(1 - q, nu);
        }

        if (q == 0.5)
        {
            return 0;
        }

        // Near the median 0.5 − q is exact and the probability of (0, x) keeps its relative accuracy; in the tail ln P does.
        return q > UpperTail(TailFrom, nu)
            ? Root.Newton(x => (Centre(x, nu) - (0.5 - q), Density(x, nu)), 0, TailFrom)
            : Root.Newton(
                x =>
                {
                    double tail = Tail(x, nu);
                    return (Math.Log(q) - Math.Log(tail), Density(x, nu) / tail);
                },
                TailFrom,
                UpperBound(q, nu));
    }

    // P(X > x), x² > 1: x·f(x)/2 times the fraction of I_{1−y}(a, 1/2) of Didonato and Morris (1992), a = ν/2, y = x²/(ν + x²).
    // Unlike the classical fraction it holds y itself and keeps its digits for large ν.
    static double Tail(double x, double nu)
    {
        const double B = 0.5;
        double a = nu / 2;
        double y = x * x / (nu + (x * x));
        double w = nu / (nu + (x * x));
        double excess = (a * y) - (B * w);
        return x * Density(x, nu) / 2 / ContinuedFraction.Evaluate(
            n => (a + n - 1) * (a + B + n - 1) * n * (B - n) * w * w / ((a + (2 * n) - 1) * (a + (2 * n) - 1)),
            n => n + (n * (B - n) * w / (a + (2 * n) - 1)) + ((a + n) / (a + (2 * n) + 1) * (excess + 1 + (n * (1 + y)))));
    }

    // P(0 < X < x), x > 0: x·f(x)·Σ ((ν + 1)/2)ₖ/(3/2)ₖ·yᵏ, y = x²/(ν + x²); every term is positive.
    static double Centre(double x, double nu)
    {
        double y = x * x / (nu + (x * x));
        double term = 1;
        double sum = 1;
        for (int k = 0; term > 1e-17 * sum; k++)
        {
            term *= (((nu + 1) / 2) + k) / (1.5 + k) * y;
            sum += term;
        }
        return x * Density(x, nu) * sum;
    }

    static double UpperBound(double q, double nu)
    {
        double bound = 1;
        while (Tail(bound, nu) > q)
        {
            bound *= 4;
        }

        return bound;
    }

    // Γ(a + 1/2)/Γ(a): asymptotic series from a = 100 on (next term below 1e-16), the recursion below it.
    static double GammaRatio(double a)
    {
        double factor = 1;
        for (; a < 100; a++)
        {
            factor *= a / (a + 0.5);
        }

        double r = 1 / (8 * a);
        return factor * Math.Sqrt(a) * (1 - (r * (1 - (r * (0.5 + (r * (2.5 - (r * (21.0 / 8 + (r * 399.0 / 8))))))))));
    }
}
