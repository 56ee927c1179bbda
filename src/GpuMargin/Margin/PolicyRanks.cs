using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>The order statistics that a policy's components read.</summary>
sealed class PolicyRanks
{
    readonly Dictionary<decimal, QuantileRanks> byConfidence = [];

    /// <exception cref="RefusedInputException">A confidence has fewer than one scenario in its tail.</exception>
    public PolicyRanks(ClearingSet set)
    {
        MarginPolicy policy = set.Policy!;
        List<Fault> faults = [];
        Base = Ranks("base.confidence", policy.Base.Confidence ?? set.Settings.Confidence);
        if (policy.Dependence is { } dependence)
        {
            Ranks("dependence.confidence", dependence.Confidence);
            Ranks("dependence.extremeConfidence", dependence.ExtremeConfidence);
        }

        if (policy.Concentration is { } concentration)
        {
            Ranks("concentration.confidence", concentration.Confidence);
            Ranks("concentration.extremeConfidence", concentration.ExtremeConfidence);
        }

        if (faults.Count > 0)
        {
            throw new RefusedInputException(faults);
        }

        QuantileRanks Ranks(string key, decimal confidence)
        {
            if (!byConfidence.TryGetValue(confidence, out QuantileRanks? ranks))
            {
                ranks = byConfidence[confidence] = QuantileRanks.For(set.Settings.Scenarios, confidence);
                if (ranks.Whole < 1)
                {
                    faults.Add(new Fault("policy.json", null, key, confidence.ToString(CultureInfo.InvariantCulture), string.Create(
                        CultureInfo.InvariantCulture, $"at least 1/(1 - {confidence}) scenarios for expected shortfall, the run has {set.Settings.Scenarios}")));
                }
            }

            return ranks;
        }
    }

    public QuantileRanks Base { get; }

    public QuantileRanks Of(decimal confidence) => byConfidence[confidence];

    /// <summary>Worst losses that the components read of a row.</summary>
    public int TailLength(ScenarioPlan scenarios) => byConfidence.Values.Max(ranks => TailMeasures.Length(scenarios, ranks));
}
