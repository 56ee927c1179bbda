namespace GpuMargin.RiskMeasures;

/// <summary>Which order statistics carry the risk measures: a function of scenario count and confidence only, so one value serves every account of a run.</summary>
/// <remarks>
/// Ranks count losses sorted downwards from 1, L1 ≥ L2 ≥ …. With N ~ Binomial(n, 1 − α) the number of losses beyond the true
/// VaR, VaR ≥ L_r exactly when N ≤ r − 1 and VaR &lt; L_r exactly when N ≥ r, whatever the continuous distribution of the loss
/// (David and Nagaraja 2003, section 7.1; with ties both become inequalities on the safe side). The interval is equal-tailed:
/// its ends are the innermost ranks that miss with at most half of one less its confidence each, 2.5 % at 95 %.
/// </remarks>
public sealed record QuantileRanks
{
    // Relative to the mode; what lies beyond adds less than 1e-19 of the total and cannot move a rank.
    const double NegligibleWeight = 1e-24;

    QuantileRanks(int scenarios, decimal confidence, IntervalLevel interval)
    {
        Interval = interval;
        Scenarios = scenarios;
        Confidence = confidence;
        decimal tail = scenarios * (1 - confidence);
        decimal whole = decimal.Floor(tail);
        TailScenarios = (double)tail;
        Whole = (int)whole;
        Fraction = (double)(tail - whole);
        (int upper, int lower) = IntervalRanks(scenarios, (double)(1 - confidence), interval.MissPerSide);
        HasUpperBound = upper >= 1;
        HasLowerBound = lower <= scenarios;
        UpperRank = Math.Max(upper, 1);
        LowerRank = Math.Min(lower, scenarios);
    }

    /// <summary>n.</summary>
    public int Scenarios { get; }

    /// <summary>α.</summary>
    public decimal Confidence { get; }

    /// <summary>Level of both measures' intervals.</summary>
    internal IntervalLevel Interval { get; }

    /// <summary>m = n·(1 − α), counted in decimal arithmetic.</summary>
    public double TailScenarios { get; }

    /// <summary>⌊m⌋.</summary>
    public int Whole { get; }

    /// <summary>m − ⌊m⌋, the weight of the boundary loss in the expected shortfall.</summary>
    public double Fraction { get; }

    /// <summary>⌊m⌋ + 1.</summary>
    public int ValueAtRiskRank => Whole + 1;

    /// <summary>Rank of the interval's upper end; 1, the largest loss, when there is no upper bound.</summary>
    public int UpperRank { get; }

    /// <summary>Rank of the interval's lower end; n, the smallest loss, when there is no lower bound.</summary>
    public int LowerRank { get; }

    /// <summary>False when even the largest loss lies below VaR with more than the interval's miss, at 95 % αⁿ &gt; 0.025: the interval's upper end is then the sample's maximum and covers less than stated.</summary>
    public bool HasUpperBound { get; }

    /// <summary>False when even the smallest loss lies above VaR with more than the interval's miss, (1 − α)ⁿ &gt; 0.025 at 95 %: six scenarios are always enough there.</summary>
    public bool HasLowerBound { get; }

    /// <param name="scenarios">n ≥ 1.</param>
    /// <param name="confidence">α, 0.5 ≤ α &lt; 1.</param>
    /// <param name="interval">Confidence of the intervals, 0 &lt; c &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside those ranges.</exception>
    public static QuantileRanks For(int scenarios, decimal confidence, decimal interval = IntervalLevel.Reported)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scenarios, 1);
        RequireConfidence(confidence);
        return new QuantileRanks(scenarios, confidence, IntervalLevel.Of(interval));
    }

    /// <exception cref="ArgumentException">Fewer than 1/(1 − α) scenarios, so expected shortfall is not defined.</exception>
    public void RequireExpectedShortfall()
    {
        if (Whole < 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected shortfall at {Confidence} needs at least 1/(1 - {Confidence}) scenarios, not {Scenarios}."));
        }
    }

    /// <summary>Fewest scenarios whose VaR interval has an upper bound: the smallest n with αⁿ ≤ 0.025; 368 at 99 %.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0.5 ≤ α &lt; 1.</exception>
    public static double ScenariosForUpperBound(decimal confidence)
    {
        RequireConfidence(confidence);
        double missPerSide = IntervalLevel.Of(IntervalLevel.Reported).MissPerSide;
        Span<double> power = stackalloc double[100]; // α^(2^i); 2^100 exceeds every 1/(1 − α) of 28 decimal digits.
        power[0] = (double)confidence;
        int top = 0;
        while (power[top] > missPerSide && top < power.Length - 1)
        {
            power[top + 1] = power[top] * power[top];
            top++;
        }

        double below = 0;
        double reached = 1;
        for (int i = top; i >= 0; i--)
        {
            if (reached * power[i] > missPerSide)
            {
                reached *= power[i];
                below += Math.ScaleB(1, i);
            }
        }

        return below + 1;
    }

    // Binomial weights relative to the mode by their ratio, so neither logarithms nor factorials are needed and the ranks are
    // the same on every platform; about 20 standard deviations of terms.
    static (int Upper, int Lower) IntervalRanks(int n, double p, double missPerSide)
    {
        double odds = p / (1 - p);
        int mode = (int)Math.Min(n, Math.Floor((n + 1.0) * p));
        double upTo = 0; // Σ weights of 0 … mode
        double weight = 1;
        for (int k = mode; k >= 0 && weight > NegligibleWeight; k--)
        {
            upTo += weight;
            weight *= k / ((n - k + 1.0) * odds);
        }

        double from = 0; // Σ weights of mode … n
        weight = 1;
        for (int k = mode; k <= n && weight > NegligibleWeight; k++)
        {
            from += weight;
            weight *= (n - k) * odds / (k + 1.0);
        }

        double miss = missPerSide * (upTo + from - 1);
        int below = mode; // largest with P(N ≤ below) within the miss
        for (weight = 1; below >= 0 && upTo > miss; below--)
        {
            upTo -= weight;
            weight *= below / ((n - below + 1.0) * odds);
        }

        int above = mode; // smallest with P(N ≥ above) within the miss
        for (weight = 1; above <= n && from > miss; above++)
        {
            from -= weight;
            weight *= (n - above) * odds / (above + 1.0);
        }

        return (below + 1, above);
    }

    static void RequireConfidence(decimal confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(confidence, 0.5m);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1m);
    }
}
