using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Margin buffer that may be exhausted while requirements rise (EMIR RTS Art. 28(1)(a): at least 0.25).</summary>
public sealed record ProcyclicalityBuffer : ComponentTerms
{
    /// <summary>Share of the calculated margin that is added, 0 or more.</summary>
    public double Rate { get; init; } = 0.25;

    /// <summary>The buffer is temporarily given back: it adds nothing.</summary>
    public bool Released { get; init; }
}

sealed class BufferComponent : MarginComponent<ProcyclicalityBuffer>
{
    const double LeastRate = 0.25;

    public override PolicyKey<MarginPolicy> Key { get; } = Section(
        "buffer", "Buffer that may be exhausted while requirements rise. EMIR RTS Art. 28(1)(a).",
        "the buffer, such as {\"rate\": 0.25, \"released\": false}", new ProcyclicalityBuffer(),
        new ValueKey<ProcyclicalityBuffer, double>(
            "rate", "Share of the calculated margin that is added. EMIR RTS Art. 28(1)(a): at least 0.25.",
            new NumberForm(NumberRule.NotNegative), terms => terms.Rate, (terms, value) => terms with { Rate = value }),
        new ValueKey<ProcyclicalityBuffer, bool>(
            "released", "true: the buffer is given back for the time being and adds nothing. EMIR RTS Art. 28(1)(a).",
            new FlagForm(), terms => terms.Released, (terms, value) => terms with { Released = value }));

    public override string Column => "buffer";

    public override string Meaning => "held against rises, until it is released";

    public override ComponentRole Role => ComponentRole.AddOn;

    public override int ColumnPlace => -1;

    public override bool IsAlwaysShown => true;

    public override string Colour => "#009e73";

    public override string ProcyclicalityParagraph => "a";

    public override IEnumerable<EmirMinimum> MissedMinima(MarginPolicy policy, RunSettings settings, string[] classes) =>
        policy.Terms<ProcyclicalityBuffer>() is { Rate: < LeastRate } terms
            ? [new EmirMinimum(28, ["buffer", "rate"], terms.Rate, FormattableString.Invariant($"at least {LeastRate} (EMIR RTS Art. 28(1)(a))"))]
            : [];

    public override BookAmount Prepare(PolicyRun run)
    {
        ProcyclicalityBuffer terms = run.Terms<ProcyclicalityBuffer>();
        return (_, _, margin) => terms.Released ? 0 : Amount.Of(terms.Rate * margin);
    }
}
