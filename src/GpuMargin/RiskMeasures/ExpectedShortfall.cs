namespace GpuMargin.RiskMeasures;

/// <summary>Expected shortfall: mean loss over the worst 1 − α share of the sample.</summary>
public static class ExpectedShortfall
{
    // Losses' worth of the fitted mean excess that is mixed with the sample's: without weight at m = 100, it turns 83 % into
    // 94 … 98 % at m = 1 (measured).
    const double FittedMeanExcessWeight = 5;

    /// <summary>(L1 + … + L⌊m⌋ + (m − ⌊m⌋)·L[⌊m⌋ + 1])/m, m = n·(1 − α), with a 95 % interval.</summary>
    /// <param name="tail">Worst losses, run currency, loss &gt; 0, sorted downwards; <see cref="TailLength.Required(int, decimal)"/> of them or more.</param>
    /// <param name="scenarios">n, of which the tail is the worst part.</param>
    /// <param name="confidence">α, 0.5 ≤ α &lt; 1.</param>
    /// <returns>Run currency; not floored at zero. A tail of equal losses has an interval of zero width.</returns>
    /// <exception cref="ArgumentException">Fewer than 1/(1 − α) scenarios, too few losses, or losses that are not finite or not sorted.</exception>
    public static Estimate Estimate(ReadOnlySpan<double> tail, int scenarios, decimal confidence) =>
        Estimate(tail, QuantileRanks.For(scenarios, confidence));

    /// <inheritdoc cref="Estimate(ReadOnlySpan{double}, int, decimal)"/>
    /// <remarks>
    /// <para>The boundary loss takes the fractional weight (Acerbi and Tasche 2002), so the estimator is continuous in α.</para>
    /// <para>The interval is a skewness-corrected normal interval whose moments come from a generalised Pareto fit to the tail.
    /// The asymptotic variance (Manistre and Hancock 2005) written with the excess Y over VaR is s² = (E[Y²] − (1 − α)·E[Y]²)/m;
    /// E[Y²] is the larger of the sample's and the fit's 2(1 − ξ)/(1 − 2ξ)·E[Y]², because the sample's own is small exactly when the
    /// sample lacks its extremes. The studentised error is skewed: with c = γ(1 + 2z²)/(6√m) (Hall 1992, first-order
    /// Cornish–Fisher of the studentised mean; γ from the fit),
    /// High = ES + s·(z + (z³ + z)/(4m) + c), the middle term being that of Student's t, and
    /// Low = ES − s·z²/(z + c), which is z − c to the first order and stays positive.
    /// Arithmetic and square roots only: the same bits on every platform.</para>
    /// <para>Measured coverage at 99 % in per cent (true ES below Low/above High), 4,000 to 100,000 samples a cell, standard error at most
    /// 0.35. It depends on m, little on α: 94.8 … 95.5 at 95, 97.5 and 99.5 % of n = 10,000.</para>
    /// <code>
    ///         n       m  normal          t10             t5              t4              t3.5
    /// 1,000,000  10,000  95.0 (2.7/2.4)  95.0 (2.6/2.5)  95.1 (2.2/2.6)  95.2 (2.1/2.8)  94.9 (2.4/2.7)
    ///   100,000   1,000  94.8 (2.9/2.4)  94.9 (2.7/2.4)  95.2 (2.3/2.5)  95.0 (2.3/2.7)  95.5 (2.0/2.5)
    ///    10,000     100  95.2 (2.7/2.0)  95.1 (2.7/2.3)  94.9 (2.4/2.6)  95.1 (2.0/2.9)  95.5 (1.5/3.0)
    ///     1,000      10  95.4 (2.7/1.9)  94.5 (2.9/2.6)  94.0 (2.6/3.5)  93.9 (2.1/3.9)  93.9 (1.7/4.3)
    ///       100       1  98.5 (1.5/0.0)  96.2 (3.7/0.1)  94.3 (5.4/0.4)  93.7 (5.7/0.6)  93.6 (5.6/0.8)
    /// </code>
    /// <para>Without the corrections (sample variance, ±z·s) n = 10,000 covers 94.4 of normal and 92.9 of t4 losses (0.7/6.4). A normal
    /// loss with a rare jump of ten standard deviations: 95.0 (0.1/4.9) with five jumps expected among 10,000 scenarios, 99.6 with
    /// twenty. Low-discrepancy scenarios are not independent: the interval then states the error of as many random ones.</para>
    /// </remarks>
    public static Estimate Estimate(ReadOnlySpan<double> tail, QuantileRanks ranks)
    {
        ranks.RequireExpectedShortfall();
        int exceedances = Exceedances(ranks);
        TailLength.Check(tail, exceedances + 1);
        double value = Point(tail, ranks);
        double scale = tail[0] - tail[exceedances];
        if (scale == 0)
        {
            return new Estimate(value, value, value);
        }

        double m = ranks.TailScenarios;
        GeneralizedPareto fit = GeneralizedPareto.Fit(tail, exceedances, scale);
        double error = StandardError(tail, ranks, value, fit, exceedances, scale);
        double z = ranks.Interval.Z;
        double correction = fit.Skewness * (1 + 2 * z * z) / (6 * Math.Sqrt(m));
        double above = z + (z * z * z + z) / (4 * m) + correction;
        double below = z * z / (z + correction);
        return new Estimate(value, value - error * below, value + error * above);
    }

    /// <summary>k, losses above the threshold of the tail fit: a quarter more than the tail, and 20.</summary>
    internal static int Exceedances(QuantileRanks ranks) =>
        (int)Math.Min(ranks.Scenarios - 1, 5L * ranks.Whole / 4 + 20);

    /// <summary>The estimate without its interval.</summary>
    /// <param name="tail">⌊m⌋ + 1 worst losses or more, run currency, loss &gt; 0, sorted downwards.</param>
    internal static double Point(ReadOnlySpan<double> tail, QuantileRanks ranks)
    {
        double sum = 0;
        for (int i = 0; i < ranks.Whole; i++)
        {
            sum += tail[i];
        }

        double boundary = tail[ranks.Whole];
        double mean = (sum + ranks.Fraction * boundary) / ranks.TailScenarios;

        // Holds exactly but for rounding; a mean of equal losses is that loss and ES is never below VaR.
        return Math.Clamp(mean, boundary, tail[0]);
    }

    static double StandardError(
        ReadOnlySpan<double> tail, QuantileRanks ranks, double value, GeneralizedPareto fit, int exceedances, double scale)
    {
        double m = ranks.TailScenarios;
        double boundary = tail[ranks.Whole];
        double squares = 0;
        for (int i = 0; i < ranks.Whole; i++)
        {
            double excess = (tail[i] - boundary) / scale;
            squares += excess * excess;
        }

        double fitted = fit.MeanExcessOver((boundary - tail[exceedances]) / scale);
        double sample = (value - boundary) / scale;
        double mean = (m * sample + FittedMeanExcessWeight * fitted) / (m + FittedMeanExcessWeight);
        double second = Math.Max(fit.SecondMomentRatio * mean * mean, squares / m);
        double share = m / ranks.Scenarios;
        return scale * Math.Sqrt((second - share * mean * mean) / m);
    }
}
