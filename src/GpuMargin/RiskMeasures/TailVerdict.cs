namespace GpuMargin.RiskMeasures;

/// <summary>Whether a sample's tail bears the interval of its expected shortfall.</summary>
/// <param name="IsTrusted">False where the interval covers the true value less often than it says, or the sample cannot tell.</param>
/// <param name="LargestShare">Share of Σ w·loss over the tail that the largest term has; 0 where expected shortfall is no loss.</param>
/// <remarks>
/// <para>Independent scenarios with equal weights. The growth of the tail is 1 − u/e, u the loss of rank k + 1 and e the mean of the k larger ones,
/// k as in <see cref="ExpectedShortfall.Exceedances"/>: ξ of a Pareto tail that begins at zero loss, and far steadier than the fitted ξ, which scatters by 0.12 at
/// k = 145. Options sold far out of the money grow like 0.4 to 1, normal to t4 losses like 0.1 to 0.3. Beyond the limit the losses that decide are too rare for
/// the sample, and the interval is too low. Gains at rank k + 1 are growth without bound.</para>
/// <para>Importance sampling puts many scenarios where few were, so that losses may grow more. It draws a larger χ² for all factors, not a longer move of one:
/// beyond a limit, and where one term x = w·(L − VaR) makes up much of Σ x, the moves that decide are as rare as before. A sample without the largest losses
/// has too low an ES, too narrow an interval and too small a 1 − VaR/ES all at once: that growth, correlated with the error of ES by 0.7 to 0.97, trusts what
/// misses. 1 − VaR/q has −0.1 to 0.4 (measured), q the loss above which a quarter of the tail's weight m lies. Ten tail scenarios need both.</para>
/// <para>Losses that no scenario of the sample shows are not seen: a jump expected less than five times in n leaves the interval too low and trusted.
/// Measured: benchmarks/results/interval-coverage.md.</para>
/// </remarks>
readonly record struct TailVerdict(bool IsTrusted, double LargestShare)
{
    /// <summary>Growth of the tail up to which the interval of fewer than <see cref="LongTail"/> tail scenarios is trusted.</summary>
    internal const double LargestGrowth = 0.35;

    /// <summary>The same from <see cref="LongTail"/> on.</summary>
    internal const double LargestGrowthOfLongTail = 0.45;

    internal const double LongTail = 1000;

    /// <summary>Share of one scenario in expected shortfall from which expected shortfall hangs on it.</summary>
    internal const double LargestTrustedShare = 0.25;

    /// <summary>Share of one term in Σ x up to which the interval of weighted scenarios is trusted.</summary>
    internal const double LargestTrustedTerm = 1.0 / 3;

    /// <summary>1 − VaR/ES up to which the interval of weighted scenarios is trusted.</summary>
    internal const double LargestWeightedGrowth = 0.5;

    /// <summary>1 − VaR/q up to which it is.</summary>
    internal const double LargestGrowthOfQuantile = 0.48;

    // A loss nearer to VaR says less of the tail, a larger one follows the error of ES more (measured).
    const double WeightAboveQuantile = 0.25;

    /// <summary>Fewer tail scenarios have large shares each, and a large share says nothing.</summary>
    internal const double FewestTailScenarios = 10;

    /// <summary>Verdict on independent scenarios with equal weights.</summary>
    /// <param name="tail">As <see cref="ExpectedShortfall.Estimate(ReadOnlySpan{double}, QuantileRanks)"/> takes it.</param>
    /// <param name="shortfall">Its value.</param>
    public static TailVerdict Of(ReadOnlySpan<double> tail, QuantileRanks ranks, double shortfall)
    {
        double m = ranks.TailScenarios;
        double share = m >= FewestTailScenarios && shortfall > 0 ? tail[0] / (m * shortfall) : 0;
        int exceedances = ExpectedShortfall.Exceedances(ranks);
        double limit = m < LongTail ? LargestGrowth : LargestGrowthOfLongTail;
        return new TailVerdict(Grows(tail, exceedances) <= limit && share <= LargestTrustedShare, share);
    }

    /// <summary>Verdict on scenarios that are weighted or come in randomisations.</summary>
    /// <param name="weights">Of each loss; empty: all 1.</param>
    public static TailVerdict Of(ReadOnlySpan<double> losses, ReadOnlySpan<double> weights, QuantileRanks ranks, Estimate valueAtRisk, Estimate shortfall)
    {
        double m = ranks.TailScenarios;
        double sum = 0, largest = 0, largestTerm = 0, mass = 0, quantile = 0;
        int count = 0;
        for (; count < losses.Length && losses[count] > valueAtRisk.Value; count++)
        {
            double weight = weights.IsEmpty ? 1 : weights[count];
            quantile = mass <= WeightAboveQuantile * m ? losses[count] : quantile;
            mass += weight;
            double excess = weight * (losses[count] - valueAtRisk.Value);
            sum += excess;
            largest = Math.Max(largest, excess);
            largestTerm = Math.Max(largestTerm, weight * losses[count]);
        }

        double share = m >= FewestTailScenarios && shortfall.Value > 0 ? largestTerm / (m * shortfall.Value) : 0;
        if (count == 0)
        {
            // The largest loss itself is VaR: a cap where the losses behind it are the same, else too few scenarios to tell.
            int last = Math.Min(ExpectedShortfall.Exceedances(ranks), losses.Length - 1);
            return new TailVerdict(valueAtRisk.Value > 0 && losses[last] == losses[0], share);
        }

        double limit = m < LongTail ? LargestGrowth : LargestGrowthOfLongTail;
        bool bears = weights.IsEmpty
            ? Grows(losses, Math.Min(ExpectedShortfall.Exceedances(ranks), losses.Length - 1)) <= limit
            : largest <= LargestTrustedTerm * sum
                && quantile - valueAtRisk.Value <= LargestGrowthOfQuantile * quantile
                && shortfall.Value - valueAtRisk.Value <= LargestWeightedGrowth * shortfall.Value;
        return new TailVerdict(bears && m >= FewestTailScenarios && share <= LargestTrustedShare, share);
    }

    // 1 − u/e; 0 where all losses are the same loss, as at the cap of a spread.
    static double Grows(ReadOnlySpan<double> tail, int exceedances)
    {
        double threshold = tail[exceedances];
        if (threshold <= 0)
        {
            return double.PositiveInfinity;
        }

        double sum = 0;
        for (int i = 0; i < exceedances; i++)
        {
            sum += tail[i];
        }

        return exceedances == 0 ? 0 : 1 - threshold * exceedances / sum;
    }
}
