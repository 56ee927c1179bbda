namespace GpuMargin.RiskMeasures;

/// <summary>Value at risk and expected shortfall of scenarios that are weighted, or that come in independent randomisations of a point set, or both.</summary>
/// <remarks>
/// <para>Losses sorted downwards with weights w1, w2, …, mean 1 over all n scenarios; S_k = w1 + … + w_k, m = n·(1 − α), and k the first with
/// S_k &gt; m. VaR = L_k, ES = (w1·L1 + … + w_(k−1)·L_(k−1) + (m − S_(k−1))·L_k)/m: with all weights 1 the definitions of
/// <see cref="ValueAtRisk"/> and <see cref="ExpectedShortfall"/>, bit for bit. Weights are not normalised by their sum, which the tail does not know.</para>
/// <para>Intervals. ES = VaR + Σ_r c_r/m with c_r = Σ w·(L − VaR) over the tail scenarios of randomisation r. To first order the error of VaR
/// does not enter (the derivative of ES by the threshold is zero), so the variance of ES is that of a sum of R independent c_r,
/// estimated by their own, and the interval is Student's. That estimate has the squared coefficient of variation 2/(R − 1) + κ, κ the excess kurtosis of
/// the sum, Σ x⁴/(Σ x²)² over the tail's x = w·(L − VaR); so the degrees of freedom are two over it (Satterthwaite), R − 1
/// for light tails. And it is correlated with the estimate, because losses are skewed: with γ = Σ x³/(Σ x²)^(3/2) and c = γ·(1 + 2t²)/6 (Hall 1992),
/// High = ES + s·(t + c) and Low = ES − s·t²/(t + c), as in <see cref="ExpectedShortfall"/>. Where losses end at a cap, as those of bought options, a sample with
/// too many scenarios near the cap has too high a VaR, too small excesses over it and so too high an ES with too small an s. To second order, with h the change of
/// VaR by S, that adds h/(2√Σx²)·(Σw² − (1 + t²)·(Σwx)²/Σx²) to c of Low, where it lowers it; with c below 0, Low = ES − s·(t − c).
/// h is taken from the interval of VaR. In the same way S(VaR) is a sum of R independent shares, and the
/// interval of VaR holds the losses at the cumulative weights m ± t·(standard error of S), t with R − 1 degrees of freedom. Scenarios that are independent of
/// each other are as many randomisations of one scenario.</para>
/// </remarks>
static class WeightedTail
{
    /// <summary>VaR and ES with their intervals, at <see cref="QuantileRanks.Interval"/>.</summary>
    /// <param name="losses">Worst losses, run currency, loss &gt; 0, sorted downwards; <see cref="TailLength"/> tells how many.</param>
    /// <param name="weights">Of each loss; empty: all 1.</param>
    /// <param name="scenarios">Number of each loss's scenario; scenario s belongs to randomisation s mod <paramref name="randomizations"/>.</param>
    /// <param name="randomizations">R; 0: every scenario is one.</param>
    /// <exception cref="ArgumentException">Fewer than 1/(1 − α) scenarios, too few losses, or losses that are not finite or not sorted.</exception>
    public static (Estimate ValueAtRisk, Estimate ExpectedShortfall) Estimate(
        ReadOnlySpan<double> losses, ReadOnlySpan<double> weights, ReadOnlySpan<int> scenarios, int randomizations, QuantileRanks ranks)
    {
        ranks.RequireExpectedShortfall();
        TailLength.Check(losses, 1);
        double m = ranks.TailScenarios;
        (int boundary, double before) = Rank(losses.Length, weights, m, ranks);
        double var = losses[boundary];
        double rest = ranks.Whole - before + ranks.Fraction;
        double sum = 0;
        for (int i = 0; i < boundary; i++)
        {
            sum += Weight(weights, i) * losses[i];
        }

        // The clamp holds exactly but for rounding.
        double es = Math.Clamp((sum + rest * var) / m, var, losses[0]);

        // A power of two: fourth powers of the smallest losses stay above zero, and no bit changes.
        double unit = losses[0] > var ? Math.ScaleB(1, Math.ILogB(losses[0] - var)) : 1;
        int groups = randomizations == 0 ? ranks.Scenarios : Math.Min(randomizations, ranks.Scenarios);
        RandomizationSums shares = new(randomizations);
        RandomizationSums excesses = new(randomizations);
        double weightSquares = 0, weightedExcesses = 0;
        for (int i = 0; i <= boundary; i++)
        {
            double weight = i < boundary ? Weight(weights, i) : Math.Max(rest, 0);
            weightSquares += weight * weight;
            weightedExcesses += weight * weight * ((losses[i] - var) / unit);
            shares.Add(scenarios[i], weight);
            excesses.Add(scenarios[i], weight * ((losses[i] - var) / unit));
        }

        double reach = ranks.Interval.Student(groups - 1) * shares.StandardError(groups);
        double t = ranks.Interval.Student(1 / (1.0 / (groups - 1) + excesses.Kurtosis / 2));
        double error = excesses.StandardError(groups) / m * unit;
        double correction = excesses.Skewness * (1 + 2 * t * t) / 6;
        double high = m - reach > 0 ? losses[Rank(losses.Length, weights, m - reach, ranks).Index] : losses[0];
        double low = losses[Rank(losses.Length, weights, m + reach, ranks, orLast: true).Index];
        double slope = reach > 0 ? (high - low) / unit / (2 * reach) : 0;
        double below = correction + Math.Min(excesses.ThresholdCorrection(slope, weightSquares, weightedExcesses, t), 0);
        double down = below > 0 ? t * t / (t + below) : t - below;
        return (new Estimate(var, low, high), new Estimate(es, es - error * down, es + error * (t + correction)));
    }

    static double Weight(ReadOnlySpan<double> weights, int i) => weights.IsEmpty ? 1 : weights[i];

    // The first index whose cumulative weight exceeds the mass, and the weight before it.
    internal static (int Index, double Before) Rank(
        int length, ReadOnlySpan<double> weights, double mass, QuantileRanks ranks, bool orLast = false)
    {
        double cumulative = 0;
        for (int i = 0; i < length; i++)
        {
            double next = cumulative + Weight(weights, i);
            if (next > mass)
            {
                return (i, cumulative);
            }

            cumulative = next;
        }

        // Of a small sample all weights together may stay below the mass.
        return orLast || length == ranks.Scenarios
            ? (length - 1, cumulative - Weight(weights, length - 1))
            : throw new ArgumentException($"{length} worst losses weigh {cumulative}; more than {mass} is needed.");
    }
}
