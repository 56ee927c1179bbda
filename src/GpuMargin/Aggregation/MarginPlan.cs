namespace GpuMargin.Aggregation;

/// <summary>Everything a backend needs, as plain arrays.</summary>
public sealed record MarginPlan
{
    /// <summary>Worst losses kept per account: enough for the quantiles and their intervals.</summary>
    public required int TailLength { get; init; }
}
