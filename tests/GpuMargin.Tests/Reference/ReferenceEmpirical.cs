namespace GpuMargin.Tests.Reference;

/// <summary>Distribution of standardised residuals (mean 0, variance 1 with divisor n): order statistic i stands at probability (i − 0.5)/n, linear between (Hazen), constant beyond the ends.</summary>
public sealed class ReferenceEmpirical
{
    readonly double[] sorted;

    public ReferenceEmpirical(IReadOnlyList<double> residuals)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(residuals.Count, 2, nameof(residuals));
        double mean = residuals.Average();
        double deviation = Math.Sqrt(residuals.Average(x => (x - mean) * (x - mean)));
        sorted = [.. residuals.Select(x => (x - mean) / deviation).Order()];
    }

    /// <summary>The standardised residuals, sorted upwards.</summary>
    public IReadOnlyList<double> OrderStatistics => sorted;

    /// <summary>Variance of <see cref="Quantile"/> of a uniform number: below 1, because interpolation pulls inwards.</summary>
    public double Variance
    {
        get
        {
            int n = sorted.Length;
            double mean = sorted.Average(); // each order statistic has weight 1/n under the interpolation too
            double square = 0.5 / n * ((sorted[0] * sorted[0]) + (sorted[^1] * sorted[^1]));
            for (int i = 0; i + 1 < n; i++)
            {
                square += ((sorted[i] * sorted[i]) + (sorted[i] * sorted[i + 1]) + (sorted[i + 1] * sorted[i + 1])) / (3.0 * n);
            }

            return square - (mean * mean);
        }
    }

    public double Quantile(double p) => AtPosition((p * sorted.Length) - 0.5);

    /// <summary>The value exceeded with probability <paramref name="q"/>.</summary>
    public double UpperQuantile(double q) => AtPosition(sorted.Length - 0.5 - (q * sorted.Length));

    /// <summary>Share of probability at or below z; steps at the ends and at ties.</summary>
    public double Cdf(double z)
    {
        int n = sorted.Length;
        int above = Array.FindIndex(sorted, x => x > z);
        if (above == 0)
        {
            return 0;
        }

        if (above < 0)
        {
            return 1;
        }

        double low = sorted[above - 1];
        return (above - 0.5 + ((z - low) / (sorted[above] - low))) / n;
    }

    // position 0 is the smallest residual, n − 1 the largest
    double AtPosition(double position)
    {
        if (position <= 0)
        {
            return sorted[0];
        }

        if (position >= sorted.Length - 1)
        {
            return sorted[^1];
        }

        int i = (int)Math.Floor(position);
        return sorted[i] + ((position - i) * (sorted[i + 1] - sorted[i]));
    }
}
