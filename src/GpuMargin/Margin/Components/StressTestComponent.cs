using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Terms of the two tests of the stress component in OCC's System for Theoretical Analysis and Numerical Simulations (STANS).</summary>
/// <remarks>OCC Margin Methodology as published in its rule filings: weights of 0.25, expected shortfall at 99.5 % and 99 %; the stress component is the larger test.</remarks>
public abstract record StressTestTerms : ComponentTerms
{
    /// <summary>0 to 1.</summary>
    public double Weight { get; init; } = 0.25;

    /// <summary>0.5 ≤ α &lt; 1, above <see cref="Confidence"/>.</summary>
    public decimal ExtremeConfidence { get; init; } = 0.995m;

    public decimal Confidence { get; init; } = 0.99m;
}

/// <summary>What STANS' two tests share: their keys, and that the extreme confidence is above the other.</summary>
abstract class StressTestComponent<T> : MarginComponent<T>
    where T : StressTestTerms, new()
{
    public sealed override ComponentRole Role => ComponentRole.StressTest;

    public sealed override bool IsAlwaysShown => true;

    public sealed override string Colour => "#d55e00";

    protected static PolicyKey<MarginPolicy> Section(string name, string description, string confidence, string extremeConfidence) => Section(
        name, description, "an add-on, such as {\"weight\": 0.25}", new T(),
        new ValueKey<T, double>(
            "weight", "Share of the difference that is charged. STANS: 0.25.",
            new NumberForm(NumberRule.Share), terms => terms.Weight, (terms, value) => terms with { Weight = value }),
        new ValueKey<T, decimal>(
            "confidence", $"{confidence} STANS: 0.99.",
            new DecimalForm(DecimalRule.Confidence), terms => terms.Confidence, (terms, value) => terms with { Confidence = value }),
        new ValueKey<T, decimal>(
            "extremeConfidence", $"{extremeConfidence} STANS: 0.995.",
            new DecimalForm(DecimalRule.Confidence) { IsAboveLeast = true }, terms => terms.ExtremeConfidence, (terms, value) => terms with { ExtremeConfidence = value }));

    public sealed override IEnumerable<(string[] Path, decimal Level)> TailConfidences(MarginPolicy policy) =>
        policy.Terms<T>() is { } terms ? [(Path("confidence"), terms.Confidence), (Path("extremeConfidence"), terms.ExtremeConfidence)] : [];

    public sealed override void CheckKeys(MarginPolicy policy, PolicyFaults faults)
    {
        if (policy.Terms<T>() is { } terms && terms.ExtremeConfidence <= terms.Confidence
            && !faults.Has(Path("confidence")) && !faults.Has(Path("extremeConfidence")))
        {
            faults.Refuse(
                Path("extremeConfidence"),
                terms.ExtremeConfidence.ToString(CultureInfo.InvariantCulture),
                FormattableString.Invariant($"a confidence level above {Key.Name}.confidence, {terms.Confidence}"),
                FormattableString.Invariant($" (it is {terms.ExtremeConfidence} where it is not given)"));
        }
    }

    string[] Path(string key) => [Key.Name, key];
}
