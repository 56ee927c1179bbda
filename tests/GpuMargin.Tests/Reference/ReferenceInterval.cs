using MathNet.Numerics.Distributions;

namespace GpuMargin.Tests.Reference;

/// <summary>Upper ends of the two-sided intervals of a full loss sample of independent scenarios, from the formulas that the risk measures document.</summary>
public static class ReferenceInterval
{
    /// <summary>The order statistic L_r with the largest r for which P(N &lt; r) ≤ (1 − c)/2, N binomial; the largest loss where there is none.</summary>
    public static double ValueAtRiskHigh(IReadOnlyList<double> losses, decimal confidence, decimal interval)
    {
        Binomial beyond = new((double)(1 - confidence), losses.Count);
        int rank = 0;
        while (beyond.CumulativeDistribution(rank) <= (double)(1 - interval) / 2)
        {
            rank++;
        }

        return losses.OrderDescending().ElementAt(Math.Max(rank, 1) - 1);
    }

    /// <summary>ES + s·(z + (z³ + z)/(4m) + γ(1 + 2z²)/(6√m)), s and γ from a generalised Pareto fit by probability-weighted moments.</summary>
    public static double ExpectedShortfallHigh(IReadOnlyList<double> losses, decimal confidence, decimal interval)
    {
        double[] sorted = [.. losses.OrderDescending()];
        double es = ReferenceRiskMeasures.ExpectedShortfall(losses, confidence);
        double m = (double)(losses.Count * (1 - confidence));
        int whole = (int)Math.Floor(losses.Count * (1 - confidence));
        int k = Math.Min(losses.Count - 1, 5 * whole / 4 + 20);
        double threshold = sorted[k], boundary = sorted[whole];
        if (sorted[0] == threshold)
        {
            return es;
        }

        double[] excesses = [.. sorted.Take(k).Select(loss => loss - threshold)];
        double a0 = excesses.Average();
        double a1 = k == 1 ? a0 / 2 : excesses.Select((excess, i) => excess * i / (k - 1)).Average();
        double fitted = a0 - 2 * a1 > 0 ? 2 - a0 / (a0 - 2 * a1) : -0.5;
        double xi = Math.Clamp((k * fitted + 20 * 0.25) / (k + 20), -0.5, 0.45);
        double excessOver = Math.Max(0, a0 + xi / (1 - xi) * (boundary - threshold));
        double mean = (m * (es - boundary) + 5 * excessOver) / (m + 5);
        double second = Math.Max(2 * (1 - xi) / (1 - 2 * xi) * mean * mean, sorted.Take(whole).Sum(loss => (loss - boundary) * (loss - boundary)) / m);
        double error = Math.Sqrt((second - (double)(1 - confidence) * mean * mean) / m);
        double z = Normal.InvCDF(0, 1, (1 + (double)interval) / 2);
        double bounded = Math.Min(xi, 0.2);
        double skewness = 3 * Math.Sqrt((1 - bounded) * (1 - 2 * bounded) / 2) / (1 - 3 * bounded);
        return es + error * (z + (z * z * z + z) / (4 * m) + skewness * (1 + 2 * z * z) / (6 * Math.Sqrt(m)));
    }
}
