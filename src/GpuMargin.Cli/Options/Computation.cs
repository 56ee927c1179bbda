using GpuMargin.Backends;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>What a backend refuses, in the words of the set.</summary>
static class Computation
{
    /// <exception cref="CommandRefusedException">An account's P&amp;L is not a finite number in some scenario.</exception>
    internal static T Of<T>(ClearingSet set, Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (NonFiniteProfitAndLossException problem)
        {
            throw new CommandRefusedException(Text.Invariant(
                $"account '{problem.Row.Owner}': its P&L in scenario {problem.Scenario} is not a finite number; its amounts or shocks leave the range of {(set.Settings.Precision == Precision.Mixed ? "single precision; try --precision double" : "double precision")}"));
        }
    }
}
