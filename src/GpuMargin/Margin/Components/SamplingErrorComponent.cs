using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin.Components;

/// <summary>Error of the simulation: max(0, upper end of the base measure's two-sided interval) − max(0, base measure), so that base and add-on are the upper end.</summary>
/// <remarks>
/// <para>OCC's STANS loads its Monte Carlo error. The interval is that of the base measure in es_low … es_high of margins.csv
/// (<see cref="ExpectedShortfall"/>, <see cref="ValueAtRisk"/>), at the policy's confidence. Of 10,000 normal and t4 scenarios at 99 % the true shortfall was above
/// the upper end in 9.25 and 10.48 % of 40,000 samples at 80 %, and in 0.39 and 0.72 % at 99 %; 95 %: <see cref="ExpectedShortfall"/>.</para>
/// <para>Isolated books: each book has the interval of its own scenarios, and the distances are added. They are errors from the same random numbers and not
/// independent; the sum is at least the error of the sum. Sobol points: the error is the spread of the 16 randomisations, with Student's quantile
/// (<see cref="WeightedTail"/>), not that of as many random scenarios. Importance sampling: losses enter with their weights. Value at risk: the upper end is the
/// order statistic of <see cref="QuantileRanks"/>; with too few scenarios for one it is the largest loss, which a warning says.</para>
/// </remarks>
public sealed record SamplingError : ComponentTerms
{
    /// <summary>Confidence of the two-sided interval, 0.5 to 0.999.</summary>
    public decimal Confidence { get; init; } = IntervalLevel.Reported;
}

sealed class SamplingErrorComponent : MarginComponent<SamplingError>
{
    public override PolicyKey<MarginPolicy> Key { get; } = Section(
        "samplingError",
        "Distance from the base measure to the upper end of its two-sided interval, added to the model; column sampling_error, which is there with this section only. STANS loads its Monte Carlo error. Isolated books: each book's own interval, added up. Sobol points: the spread of the 16 randomisations; importance sampling: with the weights.",
        "the error of the simulation, such as {\"confidence\": 0.95}", new SamplingError(),
        new ValueKey<SamplingError, decimal>(
            "confidence", "Confidence level of the two-sided interval. The house's own rule; the intervals of margins.csv have 0.95.",
            new DecimalForm(new("a confidence level from 0.5 to 0.999, such as 0.95") { Least = 0.5m, Most = 0.999m }),
            terms => terms.Confidence, (terms, value) => terms with { Confidence = value }));

    public override string Column => "sampling_error";

    public override string Meaning => "up to the upper end of the base's interval";

    public override ComponentRole Role => ComponentRole.AddOn;

    public override void CheckRun(MarginPolicy policy, RunSettings settings, IReadOnlySet<string>? assets, PolicyFaults faults, List<string> warnings)
    {
        decimal level = policy.Base.Confidence ?? settings.Confidence;
        if (policy.Terms<SamplingError>() is { } terms && policy.Base.Measure == RiskMeasure.ValueAtRisk
            && settings.Scenarios > 0 && DecimalRule.Confidence.Holds(level)
            && !QuantileRanks.For(settings.Scenarios, level, terms.Confidence).HasUpperBound)
        {
            warnings.Add(FormattableString.Invariant(
                $"samplingError of policy.json: {settings.Scenarios} scenarios are too few for an upper bound of value at risk at {level} with confidence {terms.Confidence}: it is the largest loss of the sample."));
        }
    }

    public override BookAmount Prepare(PolicyRun run)
    {
        MeasureHandle interval = run.BaseInterval(run.Terms<SamplingError>().Confidence);
        return (_, measures, margin) => Amount.Of(Math.Max(0, measures.Interval(interval).High) - margin);
    }
}
