using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Weight of stressed observations (EMIR RTS Art. 28(1)(b): at least 0.25): (1 − weight) · base + weight · max(base, stressed).</summary>
/// <remarks>Stressed: the base measure under <see cref="StressSet.Model"/>, or the largest loss over <see cref="StressSet.Moves"/>.</remarks>
public sealed record StressedObservations : ComponentTerms
{
    /// <summary>0 to 1.</summary>
    public double Weight { get; init; } = 0.25;
}

sealed class StressedObservationsComponent : MarginComponent<StressedObservations>
{
    const double LeastWeight = 0.25;

    public override PolicyKey<MarginPolicy> Key { get; } = Section(
        "stress",
        "Stressed observations: stress.csv (named moves) or the folder stress (a second parameter set), one of which has to be there. EMIR RTS Art. 28(1)(b).",
        "the weight of stressed observations, such as {\"weight\": 0.25}", new StressedObservations(),
        new ValueKey<StressedObservations, double>(
            "weight", "Weight of the stressed observations. EMIR RTS Art. 28(1)(b): at least 0.25.",
            new NumberForm(NumberRule.Share), terms => terms.Weight, (terms, value) => terms with { Weight = value }));

    public override string Column => "stressed";

    public override string Meaning => "weight of what stressed observations exceed the base by";

    public override ComponentRole Role => ComponentRole.AddOn;

    public override int ColumnPlace => -2;

    public override bool IsAlwaysShown => true;

    public override string Colour => "#009e73";

    public override string ProcyclicalityParagraph => "b";

    public override PolicyInput Input(MarginPolicy policy) => IsOn(policy) ? PolicyInput.StressedObservations : PolicyInput.None;

    public override IEnumerable<EmirMinimum> MissedMinima(MarginPolicy policy, RunSettings settings, string[] classes) =>
        policy.Terms<StressedObservations>() is { Weight: < LeastWeight } terms
            ? [new EmirMinimum(28, ["stress", "weight"], terms.Weight, FormattableString.Invariant($"at least {LeastWeight} (EMIR RTS Art. 28(1)(b))"))]
            : [];

    /// <remarks>On top of the base it is w·max(0, stressed − base).</remarks>
    public override BookAmount Prepare(PolicyRun run)
    {
        StressedObservations terms = run.Terms<StressedObservations>();
        if (run.Set.Stress.Model is not null)
        {
            MeasureHandle stressed = run.BaseMeasure(ModelSource.StressModel, BookPart.Whole);
            return (_, measures, margin) => Excess(measures[stressed], margin);
        }

        StressLosses moves = new(run.Joined, run.Instruments);
        return (book, _, margin) => Excess(moves.Largest(book), margin);

        decimal Excess(double stressed, double margin) => Amount.Of(terms.Weight * Math.Max(0, stressed - margin));
    }
}
