namespace GpuMargin.ClearingSets.Policy;

/// <summary>Dependence test of OCC's STANS: weight · max(0, max over {estimated, perfect, zero correlation} of ES at the extreme confidence − ES at the confidence), on the same random numbers.</summary>
/// <remarks>OCC, STANS Methodology Description (rule filing SR-OCC-2020-016, 86 FR 9410): 0.25, 99.5 % and 99 %.</remarks>
public sealed record DependenceAddOn
{
    /// <summary>0 to 1.</summary>
    public double Weight { get; init; } = 0.25;

    /// <summary>0.5 ≤ α &lt; 1, above <see cref="Confidence"/>.</summary>
    public decimal ExtremeConfidence { get; init; } = 0.995m;

    public decimal Confidence { get; init; } = 0.99m;
}
