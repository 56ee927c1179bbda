using GpuMargin.Backends;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>Estimates of a run's tails, with the weights of its scenarios.</summary>
/// <param name="weights">Of the run's source.</param>
/// <param name="table">Weights of all scenarios, where every row asks for its own tail's; empty: each is computed when it is read.</param>
sealed class TailMeasures(ScenarioWeights weights, double[] table)
{
    readonly Converter<int, double> weight = table.Length > 0 ? scenario => table[scenario] : weights.Of;

    /// <param name="scenarios">Numbers below this occur in tails.</param>
    /// <param name="reads">Tail losses that are measured altogether: weights are computed once each where that is less work.</param>
    public static TailMeasures Of(ScenarioSource source, int scenarios, long reads)
    {
        ScenarioWeights weights = source.Weights();
        return new TailMeasures(weights, weights.Vary && reads > scenarios ? weights.First(scenarios) : []);
    }

    bool Plain => weights is { Vary: false, Randomizations: 0 };

    /// <summary>Point estimate.</summary>
    public double Of(LossTail tail, RiskMeasure measure, QuantileRanks ranks)
    {
        if (Plain)
        {
            return measure == RiskMeasure.ValueAtRisk ? tail.Losses[ranks.Whole] : ExpectedShortfall.Point(tail.Losses, ranks);
        }

        return Interval(tail, measure, ranks).Value;
    }

    /// <summary>Estimate with its interval.</summary>
    public Estimate Interval(LossTail tail, RiskMeasure measure, QuantileRanks ranks)
    {
        (Estimate valueAtRisk, Estimate shortfall) = Both(tail, ranks);
        return measure == RiskMeasure.ValueAtRisk ? valueAtRisk : shortfall;
    }

    /// <summary>Both estimates with their intervals.</summary>
    public (Estimate ValueAtRisk, Estimate ExpectedShortfall) Both(LossTail tail, QuantileRanks ranks) => Plain
        ? (ValueAtRisk.Estimate(tail.Losses, ranks), ExpectedShortfall.Estimate(tail.Losses, ranks))
        : WeightedTail.Estimate(
            tail.Losses,
            weights.Vary ? Array.ConvertAll(tail.Scenarios, weight) : [],
            tail.Scenarios,
            weights.Randomizations,
            ranks);

    /// <summary>Both estimates, and whether the tail bears their intervals.</summary>
    public (Estimate ValueAtRisk, Estimate ExpectedShortfall, TailVerdict Verdict) Judged(LossTail tail, QuantileRanks ranks)
    {
        (Estimate valueAtRisk, Estimate shortfall) = Both(tail, ranks);
        return (valueAtRisk, shortfall, Plain
            ? TailVerdict.Of(tail.Losses, ranks, shortfall.Value)
            : TailVerdict.Of(tail.Losses, weights.Vary ? Array.ConvertAll(tail.Scenarios, weight) : [], ranks, valueAtRisk, shortfall));
    }

    /// <summary>Worst losses that point estimates read.</summary>
    public static int Length(ScenarioWeights weights, QuantileRanks ranks) => weights is { Vary: false, Randomizations: 0 }
        ? Math.Min(ranks.Scenarios, ranks.ValueAtRiskRank)
        : TailLength.Required(ranks, weights);
}
