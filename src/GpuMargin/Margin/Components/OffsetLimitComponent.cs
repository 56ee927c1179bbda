using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin.Components;

/// <summary>Part of the offset between product classes that is not given: (1 − limit)·max(0, sum of the classes' margins, each alone − netted margin). EMIR RTS Art. 27(4): limit at most 0.8.</summary>
/// <param name="Limit">Largest share of the difference that is given, 0 to 1.</param>
public sealed record OffsetLimit(double Limit) : ComponentTerms;

sealed class OffsetLimitComponent : MarginComponent<OffsetLimit>
{
    const double LargestLimit = 0.8;

    public override PolicyKey<MarginPolicy> Key { get; } = new ValueKey<MarginPolicy, double>(
        "offsetLimit",
        "Largest share of (sum of the product classes' margins − netted margin) that is given as offset; all of it where it is missing. EMIR RTS Art. 27(4): at most 0.8.",
        new NumberForm(NumberRule.Share), policy => policy.Terms<OffsetLimit>()?.Limit, (policy, value) => policy.With(new OffsetLimit(value)));

    public override string Column => "offset";

    public override string Meaning => "offset between product classes that is not given";

    public override ComponentRole Role => ComponentRole.AddOn;

    public override int ColumnPlace => -1;

    public override bool IsAlwaysShown => true;

    public override string Colour => "#009e73";

    public override void CheckClasses(MarginPolicy policy, string[] classes, PolicyFaults faults, List<string> warnings)
    {
        if (IsOn(policy) && classes.Length == 1)
        {
            warnings.Add($"offsetLimit of policy.json has no effect: every instrument is of product class '{classes[0]}'.");
        }
    }

    public override IEnumerable<EmirMinimum> MissedMinima(MarginPolicy policy, RunSettings settings, string[] classes)
    {
        OffsetLimit? terms = policy.Terms<OffsetLimit>();
        if (terms?.Limit > LargestLimit || (terms is null && classes.Length > 1))
        {
            yield return new EmirMinimum(27, faults => faults.Refuse(
                ["offsetLimit"], terms is null ? null : FormattableString.Invariant($"{terms.Limit}"),
                FormattableString.Invariant($"at most {LargestLimit} (EMIR RTS Art. 27)"), "; the key is missing and there are several product classes"));
        }
    }

    public override BookAmount Prepare(PolicyRun run)
    {
        double limit = run.Terms<OffsetLimit>().Limit;
        MeasureHandle netted = run.BaseMeasure(ModelSource.Estimated, BookPart.Positions);
        MeasureHandle classes = run.BaseMeasure(ModelSource.Estimated, BookPart.ProductClasses);
        return (_, measures, _) =>
        {
            double sum = 0;
            foreach (Estimate estimate in measures.Classes(classes))
            {
                sum += Math.Max(0, estimate.Value);
            }

            return Amount.Of((1 - limit) * Math.Max(0, sum - Math.Max(0, measures[netted])));
        };
    }
}
