using GpuMargin.Backends;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>Measures of a run's tails, with the weights of its scenarios.</summary>
sealed class TailMeasures(ScenarioPlan scenarios)
{
    readonly ScenarioWeights weights = new(scenarios);

    // Computed once each: every row asks for its own tail's.
    readonly double[] table = scenarios.Importance is null ? [] : new ScenarioWeights(scenarios).First(scenarios.Scenarios);

    public double Of(LossTail tail, RiskMeasure measure, QuantileRanks ranks)
    {
        if (weights is { Vary: false, Randomizations: 0 })
        {
            return measure == RiskMeasure.ValueAtRisk ? tail.Losses[ranks.Whole] : ExpectedShortfall.Point(tail.Losses, ranks);
        }

        return Weighted(tail, measure, ranks).Value;
    }

    /// <summary>Upper end of the measure's interval.</summary>
    public double High(LossTail tail, RiskMeasure measure, QuantileRanks ranks) =>
        weights is not { Vary: false, Randomizations: 0 } ? Weighted(tail, measure, ranks).High
        : measure == RiskMeasure.ValueAtRisk ? ValueAtRisk.Estimate(tail.Losses, ranks).High
        : ExpectedShortfall.Estimate(tail.Losses, ranks).High;

    Estimate Weighted(LossTail tail, RiskMeasure measure, QuantileRanks ranks)
    {
        (Estimate valueAtRisk, Estimate shortfall) = WeightedTail.Estimate(
            tail.Losses,
            weights.Vary ? Array.ConvertAll(tail.Scenarios, scenario => table[scenario]) : [],
            tail.Scenarios,
            weights.Randomizations,
            ranks);
        return measure == RiskMeasure.ValueAtRisk ? valueAtRisk : shortfall;
    }

    public double ExpectedShortfallOf(LossTail tail, QuantileRanks ranks) => Of(tail, RiskMeasure.ExpectedShortfall, ranks);

    /// <summary>Worst losses that point estimates read.</summary>
    public static int Length(ScenarioPlan scenarios, QuantileRanks ranks) =>
        scenarios.Sobol is null && scenarios.Importance is null
            ? Math.Min(ranks.Scenarios, ranks.ValueAtRiskRank)
            : IntervalLength(scenarios, ranks);

    /// <summary>Worst losses that intervals read.</summary>
    public static int IntervalLength(ScenarioPlan scenarios, QuantileRanks ranks) =>
        scenarios.Sobol is null && scenarios.Importance is null
            ? TailLength.Required(ranks)
            : TailLength.Required(ranks, scenarios.Importance?.Shift ?? 0);
}
