namespace GpuMargin.Volatility;

/// <summary>Log-moneyness in which a surface has arbitrage.</summary>
/// <param name="From">Lower end; −∞: it does not end.</param>
/// <param name="To">Upper end; +∞: it does not end.</param>
/// <param name="At">Where it is worst; ±∞: towards the wing.</param>
/// <param name="Value">Worst value there, below zero: of g (butterfly), or total variance less that of the earlier expiry (calendar).</param>
public readonly record struct ArbitrageRange(double From, double To, double At, double Value);
