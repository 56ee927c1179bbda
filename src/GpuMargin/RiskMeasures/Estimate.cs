namespace GpuMargin.RiskMeasures;

/// <summary>A risk measure with its 95 % confidence interval, run currency, loss &gt; 0; Low ≤ Value ≤ High.</summary>
public readonly record struct Estimate(double Value, double Low, double High);
