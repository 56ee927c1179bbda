using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Second moments of de-volatilised returns.</summary>
static class SampleCorrelation
{
    /// <summary>Weights below this of the largest are beyond double precision's digits.</summary>
    const double SmallestWeight = 1e-18;

    /// <summary>The sample with every factor's mean square brought to one.</summary>
    public static double[,] UnitMeanSquare(double[,] sample)
    {
        int days = sample.GetLength(0);
        double[,] scaled = new double[days, sample.GetLength(1)];
        for (int factor = 0; factor < sample.GetLength(1); factor++)
        {
            double squares = 0;
            for (int day = 0; day < days; day++)
            {
                squares += sample[day, factor] * sample[day, factor];
            }

            double scale = Math.Sqrt(days / squares);
            for (int day = 0; day < days; day++)
            {
                scaled[day, factor] = sample[day, factor] * scale;
            }
        }

        return scaled;
    }

    /// <summary>Σ z·zᵀ/n with ones on the diagonal.</summary>
    public static double[,] OfScaled(double[,] scaled)
    {
        int days = scaled.GetLength(0);
        double[] weights = new double[days];
        Array.Fill(weights, 1.0 / days);
        return WithUnitDiagonal(WeightedProducts(scaled, weights));
    }

    /// <summary>R of the day after the sample: the recursion written out, (1 − a − b)·S·Σbᵏ + a·Σbᵏ·z·zᵀ + bⁿ·S.</summary>
    public static double[,] Forecast(double[,] scaled, double[,] target, double a, double b)
    {
        int days = scaled.GetLength(0);
        double[] weights = new double[days];
        double weight = 1;
        double geometric = 0;
        for (int day = days - 1; day >= 0; day--)
        {
            weights[day] = a * weight;
            geometric += weight;
            weight *= b;
        }

        double ofTarget = (1 - a - b) * geometric + weight;
        double[,] q = WeightedProducts(scaled, weights);
        for (int i = 0; i < q.GetLength(0); i++)
        {
            for (int j = 0; j < q.GetLength(0); j++)
            {
                q[i, j] += ofTarget * target[i, j];
            }
        }

        return WithUnitDiagonal(q);
    }

    /// <summary>Σ w·z·zᵀ.</summary>
    static double[,] WeightedProducts(double[,] scaled, double[] weights)
    {
        double largest = weights.Max();
        int[] used = [.. Enumerable.Range(0, weights.Length).Where(day => weights[day] > SmallestWeight * largest)];
        int factors = scaled.GetLength(1);
        double[][] columns = new double[factors][];
        for (int factor = 0; factor < factors; factor++)
        {
            columns[factor] = [.. used.Select(day => Math.Sqrt(weights[day]) * scaled[day, factor])];
        }

        double[,] products = new double[factors, factors];
        SideBySide.For(factors, i =>
        {
            for (int j = 0; j <= i; j++)
            {
                products[i, j] = products[j, i] = DotProducts.Of(columns[i], columns[j]);
            }
        });
        return products;
    }

    static double[,] WithUnitDiagonal(double[,] moments)
    {
        int factors = moments.GetLength(0);
        double[,] correlation = new double[factors, factors];
        for (int i = 0; i < factors; i++)
        {
            correlation[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                double scaled = moments[i, j] / Math.Sqrt(moments[i, i] * moments[j, j]);
                correlation[i, j] = correlation[j, i] = Math.Clamp(scaled, -1, 1);
            }
        }

        return correlation;
    }
}
