namespace GpuMargin.ClearingSets.Policy;

/// <summary>The words of limits.csv and what they ask for.</summary>
static class LimitWords
{
    public static readonly Vocabulary<LimitScope> Scopes = new(("account", LimitScope.Account), ("member", LimitScope.Member));

    public static readonly Vocabulary<LimitMeasure> Measures = new(
        ("value", LimitMeasure.Value),
        ("var", LimitMeasure.ValueAtRisk),
        ("es", LimitMeasure.ExpectedShortfall),
        ("margin", LimitMeasure.Margin),
        ("requirement", LimitMeasure.Requirement),
        ("initial", LimitMeasure.Initial),
        ("maintenance", LimitMeasure.Maintenance),
        ("call", LimitMeasure.Call));

    public static readonly Vocabulary<LimitKind> Kinds = new(
        ("absolute", LimitKind.Absolute), ("relative", LimitKind.Relative), ("change", LimitKind.Change));

    /// <summary>Whether a measure is a netting set's.</summary>
    public static bool IsOfRequirement(LimitMeasure measure) => measure >= LimitMeasure.Requirement;

    public static NumberRule Threshold(LimitKind kind) => kind == LimitKind.Absolute ? NumberRule.Finite : NumberRule.NotNegative;
}
