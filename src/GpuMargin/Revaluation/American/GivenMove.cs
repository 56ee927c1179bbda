namespace GpuMargin.Revaluation.American;

/// <summary>How the volatility and the rate of an option move in the only scenario of a run.</summary>
/// <param name="Volatility">Log-change.</param>
/// <param name="Rate">Change.</param>
readonly record struct GivenMove(double Volatility, double Rate);
