using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Concentration test of OCC's STANS: weight · max(0, ES at the extreme confidence of the two worst single-factor sub-books + ES at the confidence of the rest − ES at the confidence).</summary>
/// <remarks>A sub-book is what the account holds on one underlying; which two are the worst: <see cref="SubBookChoice"/>. The stress component of STANS is the larger of this and <see cref="DependenceAddOn"/>.</remarks>
public sealed record ConcentrationAddOn : StressTestTerms;

sealed class ConcentrationComponent : StressTestComponent<ConcentrationAddOn>
{
    public override PolicyKey<MarginPolicy> Key { get; } = Section(
        "concentration",
        "weight · max(0, extreme ES of the two worst single-factor sub-books + ES of the rest − ES). STANS: 0.25, 0.99 and 0.995.",
        "Of the ES of the rest and of the ES that is subtracted.", "Of the two sub-books' ES; above confidence.");

    public override string Column => "concentration";

    public override string Meaning => "the two worst underlyings falling together";

    public override BookAmount Prepare(PolicyRun run)
    {
        ConcentrationAddOn terms = run.Terms<ConcentrationAddOn>();
        MeasureHandle shortfall = run.Shortfall(ModelSource.Estimated, BookPart.Positions, terms.Confidence, "concentration.confidence");
        MeasureHandle worst = run.Shortfall(ModelSource.Estimated, BookPart.WorstSubBook, terms.ExtremeConfidence, "concentration.extremeConfidence");
        MeasureHandle second = run.Shortfall(ModelSource.Estimated, BookPart.SecondSubBook, terms.ExtremeConfidence, "concentration.extremeConfidence");
        MeasureHandle rest = run.Shortfall(ModelSource.Estimated, BookPart.Remainder, terms.Confidence, "concentration.confidence");
        return (_, measures, _) => Amount.Of(Excess(terms, measures[worst], measures[second], measures[rest], measures[shortfall]));
    }

    /// <summary>The two worst sub-books at the extreme confidence, each alone, the rest and the whole at the confidence.</summary>
    /// <remarks>The sub-books' shortfalls are added: they are taken to fall together. A sub-book or a rest that is empty has a shortfall of 0.</remarks>
    static double Excess(ConcentrationAddOn terms, double worst, double second, double rest, double shortfall) =>
        terms.Weight * Math.Max(0, worst + second + rest - shortfall);
}
