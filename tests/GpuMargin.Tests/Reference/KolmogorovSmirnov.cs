namespace GpuMargin.Tests.Reference;

/// <summary>Kolmogorov–Smirnov test: largest distance of distribution functions and the probability of a larger one under the hypothesis.</summary>
/// <remarks>Asymptotic distribution at (√n + 0.12 + 0.11/√n)·D (Stephens 1970), good to about 1e-3 from n = 5 on. Conservative where the distribution has atoms.</remarks>
public readonly record struct KolmogorovSmirnov(double Statistic, double PValue)
{
    /// <summary>One sample against a continuous distribution function.</summary>
    public static KolmogorovSmirnov OneSample(IReadOnlyList<double> sample, Func<double, double> cdf)
    {
        double[] sorted = [.. sample.Order()];
        int n = sorted.Length;
        double distance = 0;
        for (int i = 0; i < n; i++)
        {
            double f = cdf(sorted[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / n) - f, f - ((double)i / n)));
        }
        return new(distance, PValueOf(distance, n));
    }

    /// <summary>Two independent samples of the same distribution.</summary>
    public static KolmogorovSmirnov TwoSamples(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double[] x = [.. first.Order()];
        double[] y = [.. second.Order()];
        double distance = 0;
        int i = 0;
        int j = 0;
        while (i < x.Length && j < y.Length)
        {
            double at = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] == at)
            {
                i++;
            }

            while (j < y.Length && y[j] == at)
            {
                j++;
            }

            distance = Math.Max(distance, Math.Abs(((double)i / x.Length) - ((double)j / y.Length)));
        }
        return new(distance, PValueOf(distance, (double)x.Length * y.Length / (x.Length + y.Length)));
    }

    /// <summary>P(K &gt; t) of Kolmogorov's limit distribution.</summary>
    public static double LimitTail(double t)
    {
        if (t < 0.2)
        {
            return 1; // differs from 1 by less than 1e-12
        }

        double sum = 0;
        if (t < 1)
        {
            for (int k = 1; k <= 20; k++)
            {
                sum += Math.Exp(-Math.Pow(((2 * k) - 1) * Math.PI / t, 2) / 8);
            }

            return 1 - (Math.Sqrt(2 * Math.PI) / t * sum);
        }
        for (int k = 1; k <= 20; k++)
        {
            sum += (k % 2 == 0 ? -2 : 2) * Math.Exp(-2.0 * k * k * t * t);
        }

        return sum;
    }

    static double PValueOf(double distance, double n)
    {
        double root = Math.Sqrt(n);
        return LimitTail((root + 0.12 + (0.11 / root)) * distance);
    }
}
