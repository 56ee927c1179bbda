using GpuMargin.Aggregation;

namespace GpuMargin.Backends;

/// <summary>A scenario's P&amp;L left the range of the working precision.</summary>
sealed class NonFiniteProfitAndLossException(RowKey row, int scenario)
    : Exception($"The P&L of {row} in scenario {scenario} is not a finite number.")
{
    /// <summary>Whose P&amp;L it is.</summary>
    public RowKey Row { get; } = row;

    public int Scenario { get; } = scenario;
}
