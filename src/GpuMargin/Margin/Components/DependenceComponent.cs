using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Dependence test of OCC's STANS: weight · max(0, max over {estimated, perfect, zero correlation} of ES at the extreme confidence − ES at the confidence), on the same random numbers.</summary>
/// <remarks>
/// Perfect correlation moves prices and volatilities the same way, which hedges opposite exposures to them, such as long puts: the test also takes it with the volatilities reversed.
/// OCC, STANS Methodology Description (rule filing SR-OCC-2020-016, 86 FR 9410): 0.25, 99.5 % and 99 %.
/// </remarks>
public sealed record DependenceAddOn : StressTestTerms;

sealed class DependenceComponent : StressTestComponent<DependenceAddOn>
{
    public override PolicyKey<MarginPolicy> Key { get; } = Section(
        "dependence",
        "weight · max(0, the largest of the extreme ES under estimated, perfect and zero correlation − ES), perfect with volatilities moving with prices and against them, on the same random numbers. STANS: 0.25, 0.99 and 0.995. The stress component is the larger of this and concentration.",
        "Of the ES that is subtracted.", "Of the extreme ES; above confidence.");

    public override string Column => "dependence";

    public override string Meaning => "other correlations";

    public override BookAmount Prepare(PolicyRun run)
    {
        DependenceAddOn terms = run.Terms<DependenceAddOn>();
        MeasureHandle shortfall = run.Shortfall(ModelSource.Estimated, BookPart.Whole, terms.Confidence, "dependence.confidence");
        List<MeasureHandle> extremes = [Extreme(ModelSource.Estimated), Extreme(ModelSource.PerfectCorrelation), Extreme(ModelSource.ZeroCorrelation)];
        if (HoldsVolatility(run.Joined))
        {
            extremes.Add(Extreme(ModelSource.ReversedVolatility));
        }

        return (_, measures, _) =>
        {
            double worst = measures[extremes[0]];
            for (int i = 1; i < extremes.Count; i++)
            {
                worst = Math.Max(worst, measures[extremes[i]]);
            }

            return Amount.Of(terms.Weight * Math.Max(0, worst - measures[shortfall]));
        };

        MeasureHandle Extreme(ModelSource source) => run.Shortfall(source, BookPart.Whole, terms.ExtremeConfidence, "dependence.extremeConfidence");
    }

    // Without a position that reads a volatility factor the reversed run would be the other one again.
    static bool HoldsVolatility(ClearingSet set)
    {
        foreach (int instrument in set.Positions.Instrument)
        {
            if (set.Instruments[instrument] is { VolatilityFactor: >= 0 } or { Surface.Pivots.Count: > 0 })
            {
                return true;
            }
        }

        return false;
    }
}
