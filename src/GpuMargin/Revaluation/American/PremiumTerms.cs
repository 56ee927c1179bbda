namespace GpuMargin.Revaluation.American;

/// <summary>What surfaces are built for: a put of strike one, and its range of volatilities.</summary>
/// <param name="Low">Lowest volatility, a year, above zero.</param>
/// <param name="High">Highest.</param>
readonly record struct PremiumTerms(PremiumKey Put, double Low, double High);
