namespace GpuMargin.Margin.Attribution;

/// <summary>A factor's move up to the horizon.</summary>
/// <param name="Factor">Number in the set's factors.</param>
/// <param name="Shock">Log-return; of a rate or an additive price a change.</param>
/// <param name="Deviations">The shock less its mean, in standard deviations of all scenarios.</param>
public readonly record struct FactorMove(int Factor, double Shock, double Deviations);
