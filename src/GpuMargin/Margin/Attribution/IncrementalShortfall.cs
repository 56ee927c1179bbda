using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin.Attribution;

/// <summary>What expected shortfall of an account would fall by without one of its positions.</summary>
public static class IncrementalShortfall
{
    /// <returns>Per position, instruments in file order as in <see cref="PositionTail.Instruments"/>; run currency, &gt; 0 where the account needs less without it.</returns>
    /// <exception cref="RefusedInputException">As <see cref="MarginCalculator.Calculate"/>.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static double[] Of(ClearingSet set, int account, IBackend backend, CancellationToken cancellation = default)
    {
        ValuationRun run = AccountRun.Of(set, null, cancellation);
        return Of(set, run, account, run.Scenarios, backend, cancellation);
    }

    /// <param name="run">Of the set's accounts.</param>
    internal static double[] Of(ClearingSet set, ValuationRun run, int account, int scenarios, IBackend backend, CancellationToken cancellation)
    {
        int[][] positions = [.. Enumerable.Range(0, run.Positions.Count(account)).Select(position => (int[])[position])];
        PartShortfalls parts = PartShortfalls.Of(set, run, account, scenarios, positions, backend, cancellation);
        return Array.ConvertAll(parts.Without, without => parts.Whole - without);
    }
}
