using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>The first day's variance of a factor is at least <see cref="RiskFactor.LongRunVariance"/> (EMIR RTS Art. 28(1)(c)).</summary>
public sealed record LongRunFloor : ComponentTerms;

sealed class LongRunFloorComponent : MarginComponent<LongRunFloor>
{
    public override PolicyKey<MarginPolicy> Key { get; } = new ValueKey<MarginPolicy, bool>(
        "longRunFloor",
        "true: a factor's variance starts no lower than its long-run variance (factors.csv, long_run_variance; without it omega / (1 − alpha − gamma/2 − beta)). EMIR RTS Art. 28(1)(c).",
        new FlagForm(), policy => policy.Terms<LongRunFloor>() is not null, (policy, isOn) => isOn ? policy.With(new LongRunFloor()) : policy);

    public override string Column => "floor";

    public override string Meaning => "up to the measure at long-run volatility";

    public override ComponentRole Role => ComponentRole.AddOn;

    public override int ColumnPlace => -2;

    public override bool IsAlwaysShown => true;

    public override string Colour => "#009e73";

    public override string ProcyclicalityParagraph => "c";

    public override BookAmount Prepare(PolicyRun run)
    {
        MeasureHandle longRun = run.BaseMeasure(ModelSource.LongRunVariance, BookPart.Whole);
        return (_, measures, margin) => Amount.Of(Math.Max(0, measures[longRun] - margin));
    }
}
