namespace GpuMargin.ClearingSets.Policy;

/// <summary>Concentration test of OCC's STANS: weight · max(0, ES at the extreme confidence of the two worst single-factor sub-books + ES at the confidence of the rest − ES at the confidence).</summary>
/// <remarks>A sub-book is what the account holds on one underlying. The stress component of STANS is the larger of this and <see cref="DependenceAddOn"/>.</remarks>
public sealed record ConcentrationAddOn
{
    /// <summary>0 to 1.</summary>
    public double Weight { get; init; } = 0.25;

    /// <summary>0.5 ≤ α &lt; 1, above <see cref="Confidence"/>.</summary>
    public decimal ExtremeConfidence { get; init; } = 0.995m;

    public decimal Confidence { get; init; } = 0.99m;
}
