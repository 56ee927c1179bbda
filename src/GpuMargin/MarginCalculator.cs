using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;

namespace GpuMargin;

/// <summary>Clearing set in, margins out.</summary>
public static class MarginCalculator
{
    public static MarginReport Calculate(
        ClearingSet set, IBackend backend, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>The plan that a backend computes: plain arrays, nothing per scenario.</summary>
    public static Aggregation.MarginPlan Plan(ClearingSet set) => throw new NotSupportedException();
}
