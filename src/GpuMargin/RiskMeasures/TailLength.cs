namespace GpuMargin.RiskMeasures;

/// <summary>How many of the worst losses an account keeps.</summary>
public static class TailLength
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
