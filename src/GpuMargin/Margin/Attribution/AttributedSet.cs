using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin.Attribution;

/// <summary>The accounts of a margin run, attributed: one plan for all that is asked of them.</summary>
/// <param name="scenarios">Per account, the scenarios of its estimate; <see langword="null"/>: the run's.</param>
sealed class AttributedSet(ClearingSet set, IReadOnlyList<int?> scenarios, CancellationToken cancellation)
{
    readonly ValuationRun run = AccountRun.Of(set, null, cancellation);

    /// <summary>Every account in order.</summary>
    /// <param name="incremental">With what each position adds.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public void Each(IBackend backend, bool incremental, Action<PositionTail, double[]?> take, CancellationToken cancellation)
    {
        int next = 0;
        ShortfallAttribution.Of(
            set, run, [.. scenarios.Select((own, account) => (account, own ?? run.Scenarios))], backend,
            tail =>
            {
                int account = next++;
                take(tail, incremental ? IncrementalShortfall.Of(set, run, account, scenarios[account] ?? run.Scenarios, backend, cancellation) : null);
            },
            cancellation);
    }

    /// <summary>One account with the moves in its tail.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public (PositionTail Tail, TailMoves Moves) One(int account, IBackend backend, CancellationToken cancellation)
    {
        PositionTail? tail = null;
        int own = scenarios[account] ?? run.Scenarios;
        ShortfallAttribution.Of(set, run, [(account, own)], backend, taken => tail = taken, cancellation);
        return (tail!, TailMoves.Of(run with { Scenarios = own }, tail!, backend, cancellation));
    }

    /// <summary>Expected shortfall of parts of an account alone, and without them.</summary>
    /// <param name="parts">Positions of each.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public PartShortfalls Parts(int account, IReadOnlyList<int[]> parts, IBackend backend, CancellationToken cancellation) =>
        PartShortfalls.Of(set, run, account, scenarios[account] ?? run.Scenarios, parts, backend, cancellation);

    /// <summary>What one more contract of each position adds.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public double[] Marginal(int account, IBackend backend, CancellationToken cancellation) =>
        MarginalShortfall.Of(set, run, account, scenarios[account] ?? run.Scenarios, backend, cancellation);
}
