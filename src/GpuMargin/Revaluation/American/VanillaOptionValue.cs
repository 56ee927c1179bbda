namespace GpuMargin.Revaluation.American;

/// <summary>What one option is worth and how that moves.</summary>
/// <param name="Value">European value and premium; at least what exercise gives.</param>
/// <param name="European">Of the option that cannot be exercised early.</param>
/// <param name="Premium">For early exercise, not below zero.</param>
/// <param name="CriticalPrice">A put is exercised at and below it, a call at and above it; <see langword="null"/>: never before expiry.</param>
/// <param name="Delta">By the spot.</param>
/// <param name="Gamma">By the spot twice.</param>
/// <param name="Vega">For volatility + 1.</param>
/// <param name="Theta">For a year that passes.</param>
/// <param name="Rho">For rate + 1.</param>
public sealed record VanillaOptionValue(
    double Value, double European, double Premium, double? CriticalPrice, double Delta, double Gamma, double Vega, double Theta, double Rho);
