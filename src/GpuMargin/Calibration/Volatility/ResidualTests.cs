using MathNet.Numerics.LinearRegression;

namespace GpuMargin.Calibration.Volatility;

/// <summary>Tests of what should be independent draws of one distribution.</summary>
static class ResidualTests
{
    /// <summary>Ljung and Box (1978): Q = n(n + 2)·Σ ρ_k²/(n − k) over the first autocorrelations, χ² with as many degrees of freedom as lags.</summary>
    /// <remarks>No degree is taken off for estimated parameters, because a volatility model fits no autocorrelation of z. A constant series has none: Q = 0.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 ≤ lags &lt; n.</exception>
    public static HypothesisTest LjungBox(IReadOnlyList<double> series, int lags)
    {
        Check(series, lags, series?.Count - 1 ?? 0);
        int n = series!.Count;
        double mean = series.Average();
        double[] centred = [.. series.Select(x => x - mean)];
        double square = centred.Sum(x => x * x);
        double statistic = 0;
        for (int k = 1; k <= lags && square > 0; k++)
        {
            double product = 0;
            for (int t = k; t < n; t++)
            {
                product += centred[t] * centred[t - k];
            }

            double correlation = product / square;
            statistic += n * (n + 2.0) * correlation * correlation / (n - k);
        }

        return HypothesisTest.ChiSquared(statistic, lags);
    }

    /// <summary>Engle's (1982) Lagrange multiplier test: (n − lags)·R² of z² on its own past, χ² with as many degrees of freedom as lags.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 ≤ lags &lt; n/2.</exception>
    public static HypothesisTest ArchLm(IReadOnlyList<double> residuals, int lags)
    {
        Check(residuals, lags, (residuals?.Count - 1) / 2 ?? 0);
        double[] squares = [.. residuals!.Select(z => z * z)];
        double[] response = squares[lags..];
        double mean = response.Average();
        double total = response.Sum(y => (y - mean) * (y - mean));
        double[][] past = [.. Enumerable.Range(lags, response.Length).Select(t => Enumerable.Range(1, lags).Select(k => squares[t - k]).ToArray())];
        if (total <= 0)
        {
            return HypothesisTest.ChiSquared(0, lags);
        }

        double[] weights = MultipleRegression.QR(past, response, intercept: true);
        double unexplained = 0;
        for (int t = 0; t < response.Length; t++)
        {
            double fitted = weights[0];
            for (int k = 0; k < lags; k++)
            {
                fitted += weights[k + 1] * past[t][k];
            }

            unexplained += (response[t] - fitted) * (response[t] - fitted);
        }

        return HypothesisTest.ChiSquared(response.Length * (1 - unexplained / total), lags);
    }

    /// <summary>Kolmogorov and Smirnov: greatest distance between the sample's distribution and the uniform one.</summary>
    /// <param name="probabilities">F(z) of every residual, in [0, 1].</param>
    /// <remarks>p from Kolmogorov's limit with Stephens' (1970) correction for finite n. Parameters estimated from the same sample make it too large: a small p stays small.</remarks>
    public static HypothesisTest Uniformity(IReadOnlyList<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        int n = probabilities.Count;
        ArgumentOutOfRangeException.ThrowIfZero(n, nameof(probabilities));
        double[] sorted = [.. probabilities.Order()];
        double distance = 0;
        for (int i = 0; i < n; i++)
        {
            distance = Math.Max(distance, Math.Max((i + 1.0) / n - sorted[i], sorted[i] - (double)i / n));
        }

        double root = Math.Sqrt(n);
        return new HypothesisTest(distance, 0, KolmogorovTail((root + 0.12 + 0.11 / root) * distance));
    }

    /// <summary>2·Σ (−1)^(k−1)·exp(−2k²x²).</summary>
    static double KolmogorovTail(double x)
    {
        if (x < 0.2)
        {
            return 1; // to 1e-12, where the series converges slowly
        }

        double sum = 0;
        double sign = 2;
        for (int k = 1; k <= 100; k++)
        {
            double term = Math.Exp(-2 * k * k * x * x);
            sum += sign * term;
            sign = -sign;
            if (term < 1e-17)
            {
                break;
            }
        }

        return Math.Clamp(sum, 0, 1);
    }

    static void Check(IReadOnlyList<double>? series, int lags, int lagsAtMost)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(lags, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lags, lagsAtMost);
    }
}
