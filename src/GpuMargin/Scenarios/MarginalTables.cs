using GpuMargin.Numerics;

namespace GpuMargin.Scenarios;

/// <summary>Tables from the copula's variate to the standardised innovation: x → F⁻¹(C(x)), C the copula's marginal.</summary>
static class MarginalTables
{
    /// <summary>Tail probability of the copula's variate at which tables end; no draw of a run is expected beyond.</summary>
    const double LeastTail = 1e-13;

    /// <summary>Cells per octave, as a power of two, of an empirical marginal: about 130 quantiles per unit of the variate.</summary>
    const int EmpiricalResolution = 7;

    /// <summary>End of a copula's tables.</summary>
    public static double Bound(ISymmetricDistribution copula)
    {
        double x = 1;
        while (copula.UpperTail(x) > LeastTail)
        {
            x *= 1.0625;
        }

        return x;
    }

    public static MonotoneTable Normal(ISymmetricDistribution copula, double bound) =>
        Skewed(copula, bound, StandardNormal.Instance, 1, 0, 0, 1);

    /// <param name="nu">Degrees of freedom &gt; 2; the innovation has variance 1.</param>
    public static MonotoneTable StudentTMarginal(ISymmetricDistribution copula, double bound, double nu) =>
        Skewed(copula, bound, StudentT.Create(nu), StandardDeviation(nu), 0, 0, 1);

    /// <summary>Hansen (1994), mean 0 and variance 1; λ &gt; 0 leans to the right.</summary>
    public static MonotoneTable SkewedTMarginal(ISymmetricDistribution copula, double bound, double nu, double lambda)
    {
        ISymmetricDistribution t = StudentT.Create(nu);
        double scale = StandardDeviation(nu);
        double c = t.Density(0) / scale; // Γ((ν+1)/2)/(√(π(ν−2))·Γ(ν/2))
        double a = 4 * lambda * c * (nu > StudentT.NormalLimit ? 1 : (nu - 2) / (nu - 1));
        double b = Math.Sqrt(1 + 3 * lambda * lambda - a * a);
        return Skewed(copula, bound, t, scale, lambda, a, b);
    }

    /// <summary>Quantiles of the standardised residuals by linear interpolation between plotting positions (i − ½)/n (Hazen), constant beyond.</summary>
    public static MonotoneTable Empirical(ISymmetricDistribution copula, double bound, IReadOnlyList<double> residuals)
    {
        double[] z = Standardise(residuals);
        return MonotoneTableBuilder.BuildLinear(Math.Min(bound, 1 << 10), EmpiricalResolution, x =>
        {
            double tail = copula.UpperTail(Math.Abs(x));
            double rank = (x < 0 ? tail : 1 - tail) * z.Length - 0.5;
            if (rank <= 0)
            {
                return z[0];
            }

            int i = (int)rank;
            return i >= z.Length - 1 ? z[^1] : z[i] + (rank - i) * (z[i + 1] - z[i]);
        });
    }

    static double StandardDeviation(double nu) => nu > StudentT.NormalLimit ? 1 : Math.Sqrt((nu - 2) / nu);

    static double[] Standardise(IReadOnlyList<double> residuals)
    {
        double mean = 0;
        foreach (double r in residuals)
        {
            mean += r;
        }

        mean /= residuals.Count;
        double variance = 0;
        foreach (double r in residuals)
        {
            variance += (r - mean) * (r - mean);
        }

        double deviation = Math.Sqrt(variance / residuals.Count);
        double[] z = new double[residuals.Count];
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = (residuals[i] - mean) / deviation;
        }

        Array.Sort(z);
        return z;
    }

    // Both sides have the base's shape, stretched by 1 ± λ and carrying the probability (1 ± λ)/2: z = (scale·(1 ± λ)·t − a)/b.
    // The sides meet where the density has its peak, so each is smooth.
    static MonotoneTable Skewed(
        ISymmetricDistribution copula, double bound, ISymmetricDistribution marginal, double scale, double lambda, double a, double b)
    {
        double origin = lambda == 0 ? 0 : SignedQuantile(copula, (1 + lambda) / 2);
        Side upper = OneSide(origin, lambda, a);
        Side lower = lambda == 0 ? upper : Negate(OneSide(-origin, -lambda, -a));
        return MonotoneTableBuilder.Build(origin, bound + Math.Abs(origin), upper, lower);

        Side OneSide(double from, double skew, double shift) => (distance, guess) =>
        {
            double x = from + distance;
            double weight = 1 + skew;
            double stretch = scale * weight / b;
            double t;
            if (distance == 0)
            {
                t = 0;
            }
            else
            {
                double tail = x >= 0 ? copula.UpperTail(x) : 1 - copula.UpperTail(-x);
                t = UpperQuantile.Of(marginal, tail / weight, (guess + shift / b) / stretch);
            }

            double slope = copula.Density(x) / (weight * marginal.Density(t));
            double curvature = slope * (copula.LogDensitySlope(x) - marginal.LogDensitySlope(t) * slope);
            return new Jet(stretch * t - shift / b, stretch * slope, stretch * curvature);
        };

        static Side Negate(Side side) => (distance, guess) =>
        {
            Jet jet = side(distance, -guess);
            return new Jet(-jet.Value, -jet.Slope, -jet.Curvature);
        };
    }

    // x with P(X > x) = tail, either side of the median.
    static double SignedQuantile(ISymmetricDistribution distribution, double tail) =>
        tail <= 0.5 ? UpperQuantile.Of(distribution, tail, 0.5) : -UpperQuantile.Of(distribution, 1 - tail, 0.5);
}
