using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Dependence test of OCC's STANS: weight · max(0, max over {estimated, perfect, zero correlation} of ES at the extreme confidence − ES at the confidence), on the same random numbers.</summary>
/// <remarks>OCC, STANS Methodology Description (rule filing SR-OCC-2020-016, 86 FR 9410): 0.25, 99.5 % and 99 %.</remarks>
public sealed record DependenceAddOn : StressTestTerms;

sealed class DependenceComponent : StressTestComponent<DependenceAddOn>
{
    public override PolicyKey<MarginPolicy> Key { get; } = Section(
        "dependence",
        "weight · max(0, the largest of the extreme ES under estimated, perfect and zero correlation − ES), on the same random numbers. STANS: 0.25, 0.99 and 0.995. The stress component is the larger of this and concentration.",
        "Of the ES that is subtracted.", "Of the extreme ES; above confidence.");

    public override string Column => "dependence";

    public override string Meaning => "other correlations";

    public override BookAmount Prepare(PolicyRun run)
    {
        DependenceAddOn terms = run.Terms<DependenceAddOn>();
        MeasureHandle shortfall = run.Shortfall(ModelSource.Estimated, BookPart.Whole, terms.Confidence, "dependence.confidence");
        MeasureHandle estimated = Extreme(ModelSource.Estimated), perfect = Extreme(ModelSource.PerfectCorrelation), zero = Extreme(ModelSource.ZeroCorrelation);
        return (_, measures, _) => Amount.Of(Excess(terms, measures[estimated], measures[perfect], measures[zero], measures[shortfall]));

        MeasureHandle Extreme(ModelSource source) => run.Shortfall(source, BookPart.Whole, terms.ExtremeConfidence, "dependence.extremeConfidence");
    }

    /// <param name="estimated">ES′ at the extreme confidence, as <paramref name="perfect"/> and <paramref name="zero"/>.</param>
    static double Excess(DependenceAddOn terms, double estimated, double perfect, double zero, double shortfall) =>
        terms.Weight * Math.Max(0, Math.Max(Math.Max(estimated, perfect), zero) - shortfall);
}
