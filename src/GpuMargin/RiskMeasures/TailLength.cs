using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;

namespace GpuMargin.RiskMeasures;

/// <summary>How many of the worst losses an account keeps.</summary>
static class TailLength
{
    /// <summary>Worst losses that the point estimates of VaR and expected shortfall and both their intervals read.</summary>
    /// <param name="scenarios">n ≥ 1.</param>
    /// <param name="confidence">α, 0.5 ≤ α &lt; 1.</param>
    /// <returns>At most n; 146 for n = 10,000 at 99 %.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Outside those ranges.</exception>
    public static int Required(int scenarios, decimal confidence) => Required(QuantileRanks.For(scenarios, confidence));

    /// <inheritdoc cref="Required(int, decimal)"/>
    public static int Required(QuantileRanks ranks)
    {
        int quantiles = Math.Max(ranks.ValueAtRiskRank, ranks.LowerRank);
        return Math.Min(ranks.Scenarios, Math.Max(quantiles, ExpectedShortfall.Exceedances(ranks) + 1));
    }

    /// <summary>Worst losses that <see cref="WeightedTail"/> reads of scenarios in randomisations, weighted by importance sampling or not.</summary>
    /// <param name="shift">μ of the importance sampling; 0 without.</param>
    /// <remarks>
    /// The interval of VaR reaches to a cumulative weight of m + t·(standard error), here 3.4·√(2m) (√m without weights):
    /// Student's quantile times what the estimate of 16 randomisations exceeds at most once in a thousand, and a weight is at
    /// most 2. The tail is longest where losses are ordered by y, which puts the smallest weights first; then the tail is the share
    /// ½·Φ(−c) + ½·Φ(μ − c) of the scenarios where Φ(−c) is that of the weight. Both are widened by six standard deviations. Where the
    /// interval needs more all the same, it ends at the last loss kept.
    /// </remarks>
    public static int Required(QuantileRanks ranks, double shift)
    {
        double m = ranks.TailScenarios;
        double reach = m + 3.4 * Math.Sqrt(shift > 0 ? 2 * m : m);
        if (shift > 0)
        {
            double mass = reach + 6 * Math.Sqrt(reach);
            if (mass >= 0.5 * ranks.Scenarios)
            {
                return ranks.Scenarios;
            }

            double c = -NormalDistribution.LowerQuantile(Float64.Of(mass / ranks.Scenarios)).Value;
            double share = 0.5 * mass + 0.5 * ranks.Scenarios * NormalDistribution.Cumulative(Float64.Of(shift - c)).Value;
            reach = share + 6 * Math.Sqrt(share);
        }

        return (int)Math.Min(ranks.Scenarios, Math.Max(Required(ranks), Math.Ceiling(reach) + 1));
    }

    /// <summary>Worst losses that the estimates read of scenarios with these weights.</summary>
    public static int Required(QuantileRanks ranks, ScenarioWeights weights) =>
        weights is { Vary: false, Randomizations: 0 } ? Required(ranks)
        : double.IsInfinity(weights.Shift) ? ranks.Scenarios
        : Required(ranks, weights.Shift);

    internal static void Check(ReadOnlySpan<double> tail, int required)
    {
        if (tail.Length < required)
        {
            throw new ArgumentException($"{required} worst losses are needed, {tail.Length} were given.", nameof(tail));
        }

        if (!(tail[0] >= tail[^1] && double.IsFinite(tail[0] - tail[^1])))
        {
            throw new ArgumentException("Losses must be finite and sorted downwards.", nameof(tail));
        }
    }
}
