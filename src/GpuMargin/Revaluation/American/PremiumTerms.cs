namespace GpuMargin.Revaluation.American;

/// <summary>What surfaces are built for: a put of strike one, and its ranges of volatilities.</summary>
/// <param name="Low">Lowest volatility that is wanted, a year, above zero.</param>
/// <param name="High">Highest.</param>
/// <param name="LeastLow">Lowest volatility that must be covered.</param>
/// <param name="LeastHigh">Highest.</param>
readonly record struct PremiumTerms(PremiumKey Put, double Low, double High, double LeastLow, double LeastHigh);
