using MathNet.Numerics;

namespace GpuMargin.Tests.Reference;

/// <summary>Chi-square distribution with ν degrees of freedom, accurate in both tails: the regularised incomplete gamma functions P and Q of (ν/2, x/2).</summary>
public static class ReferenceChiSquare
{
    /// <summary>P(X ≤ x).</summary>
    public static double Cdf(double x, double nu) =>
        x < nu + 2 ? LowerSeries(nu / 2, x / 2) : 1 - UpperFraction(nu / 2, x / 2);

    /// <summary>P(X &gt; x), without the cancellation of 1 − <see cref="Cdf"/>.</summary>
    public static double UpperTail(double x, double nu) =>
        x < nu + 2 ? 1 - LowerSeries(nu / 2, x / 2) : UpperFraction(nu / 2, x / 2);

    public static double Density(double x, double nu) => PoissonMass(nu / 2, x / 2) * (nu / 2) / x;

    /// <summary>F⁻¹(p), 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p, double nu) => Solve(p, 1 - p, nu);

    /// <summary>The value exceeded with probability <paramref name="q"/>.</summary>
    public static double UpperQuantile(double q, double nu) => Solve(1 - q, q, nu);

    // In ln x, on the logarithm of the smaller tail: both keep their relative accuracy however small they are.
    static double Solve(double p, double q, double nu)
    {
        double low = Math.Log(nu);
        double high = low;
        while (Cdf(Math.Exp(low), nu) >= p && low > -700)
        {
            low -= 1;
        }

        while (UpperTail(Math.Exp(high), nu) >= q)
        {
            high += 1;
        }

        return Math.Exp(Root.Newton(
            lnX =>
            {
                double x = Math.Exp(lnX);
                double tail = p < q ? Cdf(x, nu) : UpperTail(x, nu);
                double value = p < q ? Math.Log(tail) - Math.Log(p) : Math.Log(q) - Math.Log(tail);
                return (value, x * Density(x, nu) / tail);
            },
            low,
            high));
    }

    // P(a, x) = x^a e^−x/Γ(a + 1)·Σ xᵏ/((a + 1)…(a + k)) (Abramowitz and Stegun 6.5.29).
    static double LowerSeries(double a, double x)
    {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++)
        {
            term *= x / (a + k);
            sum += term;
        }
        return PoissonMass(a, x) * sum;
    }

    // Q(a, x), x > a + 1 (Abramowitz and Stegun 6.5.31, even part).
    static double UpperFraction(double a, double x) =>
        PoissonMass(a, x) * a / ContinuedFraction.Evaluate(n => -n * (n - a), n => x + (2 * n) + 1 - a);

    // x^a e^−x/Γ(a + 1) as e^(a(ln(1 + d) − d))/(√(2πa)·Γ*(a)), d = x/a − 1: large a and x do not cancel.
    static double PoissonMass(double a, double x)
    {
        if (a < 20)
        {
            return Math.Pow(x, a) * Math.Exp(-x) / SpecialFunctions.Gamma(a + 1);
        }

        double d = (x - a) / a;
        double i = 1 / (a * a);
        double stirling = (1.0 / 12 - (i * (1.0 / 360 - (i * (1.0 / 1260 - (i * (1.0 / 1680 - (i / 1188)))))))) / a;
        return Math.Exp((a * LogExcess(d)) - stirling) / Math.Sqrt(2 * Math.PI * a);
    }

    // ln(1 + d) − d
    static double LogExcess(double d)
    {
        if (Math.Abs(d) > 0.3)
        {
            return SpecialFunctions.Log1p(d) - d;
        }

        double sum = 0;
        for (int k = 40; k >= 2; k--)
        {
            sum = (k % 2 == 0 ? -1.0 / k : 1.0 / k) + (d * sum);
        }

        return d * d * sum;
    }
}
