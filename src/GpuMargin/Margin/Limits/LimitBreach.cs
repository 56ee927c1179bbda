using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin.Limits;

/// <summary>An amount above its limit; run currency.</summary>
/// <param name="Name">Account, netting set or clearing member.</param>
/// <param name="Threshold">As in limits.csv.</param>
/// <param name="Reference">What the threshold is a share of: collateral, or the amount in the other run; <see langword="null"/> of an absolute limit.</param>
/// <param name="Bound">The largest amount that is no breach.</param>
public sealed record LimitBreach(
    LimitScope Scope, string Name, LimitMeasure Measure, LimitKind Kind, double Threshold, double Amount, double? Reference, double Bound);
