using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>The order statistics that a policy's components read.</summary>
sealed class PolicyRanks
{
    readonly Dictionary<decimal, QuantileRanks> byConfidence = [];

    /// <param name="set">Its policy has been checked: every tail holds a scenario at least.</param>
    public PolicyRanks(ClearingSet set)
    {
        MarginPolicy policy = set.Policy!;
        Base = Ranks(policy.Base.Confidence ?? set.Settings.Confidence);
        BaseInterval = policy.Terms<SamplingError>() is { } error ? QuantileRanks.For(set.Settings.Scenarios, Base.Confidence, error.Confidence) : null;
        foreach ((_, decimal level) in MarginComponents.All.SelectMany(component => component.TailConfidences(policy)))
        {
            Ranks(level);
        }

        QuantileRanks Ranks(decimal confidence)
        {
            if (!byConfidence.TryGetValue(confidence, out QuantileRanks? ranks))
            {
                ranks = byConfidence[confidence] = QuantileRanks.For(set.Settings.Scenarios, confidence);
            }

            return ranks;
        }
    }

    public QuantileRanks Base { get; }

    /// <summary>Base measure with the interval that the sampling error reads; <see langword="null"/> without that component.</summary>
    public QuantileRanks? BaseInterval { get; }

    public QuantileRanks Of(decimal confidence) => byConfidence[confidence];

    /// <summary>Worst losses that the components read of a row.</summary>
    public int TailLength(ScenarioPlan scenarios) => Math.Max(
        byConfidence.Values.Max(ranks => TailMeasures.Length(scenarios, ranks)),
        BaseInterval is { } interval ? TailMeasures.IntervalLength(scenarios, interval) : 0);
}
