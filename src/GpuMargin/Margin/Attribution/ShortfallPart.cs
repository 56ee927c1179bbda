namespace GpuMargin.Margin.Attribution;

/// <summary>What a part of an account contributes to its expected shortfall.</summary>
/// <param name="Component">Run currency, loss &gt; 0: the part's mean loss in the tail of the whole account. The parts of an account sum to its ES.</param>
/// <param name="StandardError">Of the component, run currency.</param>
public readonly record struct ShortfallPart(double Component, double StandardError);
