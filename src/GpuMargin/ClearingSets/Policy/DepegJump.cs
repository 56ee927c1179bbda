namespace GpuMargin.ClearingSets.Policy;

/// <summary>Jump of a settlement coin's price factor in the simulation: once at most on a path, on each day with probability p if it has not jumped before.</summary>
/// <param name="Factor">Index of a price factor in <see cref="ClearingSet.Factors"/>.</param>
/// <param name="ProbabilityPerDay">p, 0 to 1.</param>
/// <param name="Fall">Share of the level that is lost, greater than 0, below 1; the jump adds ln(1 − fall) to the shock.</param>
public readonly record struct DepegJump(int Factor, double ProbabilityPerDay, double Fall);
