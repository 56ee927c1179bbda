using GpuMargin.Backends;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>Point estimates of a run's tails, with the weights of its scenarios.</summary>
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

        (Estimate valueAtRisk, Estimate shortfall) = WeightedTail.Estimate(
            tail.Losses,
            weights.Vary ? Array.ConvertAll(tail.Scenarios, scenario => table[scenario]) : [],
            tail.Scenarios,
            weights.Randomizations,
            ranks);
        return measure == RiskMeasure.ValueAtRisk ? valueAtRisk.Value : shortfall.Value;
    }

    public double ExpectedShortfallOf(LossTail tail, QuantileRanks ranks) => Of(tail, RiskMeasure.ExpectedShortfall, ranks);

    /// <summary>Worst losses that point estimates read.</summary>
    public static int Length(ScenarioPlan scenarios, QuantileRanks ranks) =>
        scenarios.Sobol is null && scenarios.Importance is null
            ? Math.Min(ranks.Scenarios, ranks.ValueAtRiskRank)
            : TailLength.Required(ranks, scenarios.Importance?.Shift ?? 0);
}
