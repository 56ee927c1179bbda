using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>A key that every policy has and that needs no check beyond its range.</summary>
sealed class FixedSection(PolicyKey<MarginPolicy> key) : PolicySection
{
    public override PolicyKey<MarginPolicy> Key => key;

    public static FixedSection Regulation { get; } = new(new ValueKey<MarginPolicy, Regulation>(
        "regulation",
        "'emir': a policy below the minima of EMIR RTS Art. 24 (confidence 0.99), 26 (2 days), 27 (offsets at most 0.8) and 28 (buffer or stress weight 0.25, one of buffer, stress and longRunFloor) is refused.",
        new WordForm<Regulation>(PolicyWords.Regulations), policy => policy.Regulation, (policy, value) => policy with { Regulation = value }));

    public static FixedSection MinimumMargin { get; } = new(new ValueKey<MarginPolicy, double>(
        "minimumMargin", "Least requirement of an account that holds a position. The house's own rule.",
        new NumberForm(NumberRule.NotNegative), policy => policy.MinimumMargin, (policy, value) => policy with { MinimumMargin = value }));

    public static FixedSection RoundingUnit { get; } = new(new ValueKey<MarginPolicy, decimal>(
        "roundingUnit", "Requirements are rounded up to whole multiples of it, in the house's favour; not rounded where it is missing. The house's own rule.",
        new DecimalForm(DecimalRule.RoundingUnit), policy => policy.RoundingUnit == 0 ? null : policy.RoundingUnit, (policy, value) => policy with { RoundingUnit = value }));
}
