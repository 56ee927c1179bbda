namespace GpuMargin.RiskMeasures;

/// <summary>A risk measure with its confidence interval, 95 % where it is reported; run currency, loss &gt; 0; Low ≤ Value ≤ High.</summary>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Half the width of the interval.</summary>
    public double HalfWidth => (High - Low) / 2;

    /// <summary>Whether the half-width is at most this share of the value's size. A value without an error is; a value of zero with one never is.</summary>
    public bool IsWithin(double relative) => HalfWidth <= relative * Math.Abs(Value);
}
