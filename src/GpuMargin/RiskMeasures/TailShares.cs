namespace GpuMargin.RiskMeasures;

/// <summary>The scenarios that make up an expected shortfall.</summary>
/// <param name="Scenarios">Largest loss first.</param>
/// <param name="Losses">Run currency, loss &gt; 0, sorted downwards; the last is value at risk.</param>
/// <param name="Shares">Of each loss in the mean, sum 1: ES = Σ share·loss.</param>
readonly record struct TailShares(int[] Scenarios, double[] Losses, double[] Shares)
{
    /// <param name="losses">Worst losses, sorted downwards.</param>
    /// <param name="weights">Of each loss; empty: all 1.</param>
    public static TailShares Of(ReadOnlySpan<double> losses, ReadOnlySpan<double> weights, ReadOnlySpan<int> scenarios, QuantileRanks ranks)
    {
        ranks.RequireExpectedShortfall();
        (int boundary, double before) = WeightedTail.Rank(losses.Length, weights, ranks.TailScenarios, ranks);
        double[] shares = new double[boundary + 1];
        for (int i = 0; i < boundary; i++)
        {
            shares[i] = (weights.IsEmpty ? 1 : weights[i]) / ranks.TailScenarios;
        }

        shares[boundary] = (ranks.Whole - before + ranks.Fraction) / ranks.TailScenarios;
        return new TailShares([.. scenarios[..shares.Length]], [.. losses[..shares.Length]], shares);
    }
}
