namespace GpuMargin.Backends;

/// <summary>A scenario's P&amp;L left the range of the working precision.</summary>
public sealed class NonFiniteProfitAndLossException(int account, int scenario)
    : Exception($"The P&L of account number {account} in scenario {scenario} is not a finite number.")
{
    /// <summary>Index in the plan's order.</summary>
    public int Account { get; } = account;

    public int Scenario { get; } = scenario;
}
