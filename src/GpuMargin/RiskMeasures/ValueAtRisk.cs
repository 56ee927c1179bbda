namespace GpuMargin.RiskMeasures;

/// <summary>Value at risk: the loss that is exceeded in the worst 1 − α share of the sample.</summary>
public static class ValueAtRisk
{
    /// <summary>L[⌊m⌋ + 1] with its distribution-free interval.</summary>
    /// <param name="tail">Worst losses, run currency, loss &gt; 0, sorted downwards; <see cref="TailLength.Required(int, decimal)"/> of them or more.</param>
    /// <param name="scenarios">n, of which the tail is the worst part.</param>
    /// <param name="confidence">α, 0.5 ≤ α &lt; 1.</param>
    /// <returns>Run currency; not floored at zero.</returns>
    /// <exception cref="ArgumentException">Too few losses, or losses that are not finite or not sorted.</exception>
    public static Estimate Estimate(ReadOnlySpan<double> tail, int scenarios, decimal confidence) =>
        Estimate(tail, QuantileRanks.For(scenarios, confidence));

    /// <inheritdoc cref="Estimate(ReadOnlySpan{double}, int, decimal)"/>
    /// <remarks>
    /// Low and High are the order statistics of <see cref="QuantileRanks"/>: at 95 % each end misses the true VaR with at most 2.5 % for
    /// independent scenarios of any distribution; at n = 10,000 and 99 % ranks 121 and 81, which cover 95.6 %. Without
    /// <see cref="QuantileRanks.HasUpperBound"/> High is the largest loss and the caller should say so.
    /// </remarks>
    public static Estimate Estimate(ReadOnlySpan<double> tail, QuantileRanks ranks)
    {
        TailLength.Check(tail, Math.Max(ranks.ValueAtRiskRank, ranks.LowerRank));
        return new Estimate(tail[ranks.Whole], tail[ranks.LowerRank - 1], tail[ranks.UpperRank - 1]);
    }
}
