using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin.Attribution;

/// <summary>The accounts of a margin run, attributed: one plan for all that is asked of them.</summary>
/// <param name="scenarios">Per account, the scenarios of its estimate; <see langword="null"/>: the run's.</param>
sealed class AttributedSet(ClearingSet set, IReadOnlyList<int?> scenarios, CancellationToken cancellation)
{
    const long BatchValues = 1L << 24; // 128 MB of shocks in tails

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

    /// <summary>Some accounts with the moves in their tails, and their losses counted.</summary>
    /// <param name="accounts">Each with the bins of its losses.</param>
    /// <param name="take">Called for each of them; those with as many scenarios come in the order given.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public void Some(IReadOnlyList<(int Account, LossHistogram Losses)> accounts, IBackend backend, Action<PositionTail, TailMoves, LossHistogram> take, CancellationToken cancellation)
    {
        foreach (var group in accounts.GroupBy(account => scenarios[account.Account] ?? run.Scenarios))
        {
            (int Account, LossHistogram Losses)[] asked = [.. group];
            ValuationRun own = run with { Scenarios = group.Key };
            Count(own, asked, backend, cancellation);
            List<PositionTail> batch = [];
            long values = 0;
            int next = 0;
            ShortfallAttribution.Of(
                set, run, [.. asked.Select(account => (account.Account, group.Key))], backend,
                tail =>
                {
                    batch.Add(tail);
                    values += TailMoves.Size(own, tail);
                    if (values >= BatchValues)
                    {
                        Flush();
                    }
                },
                cancellation);
            Flush();

            void Flush()
            {
                TailMoves[] moves = batch.Count == 0 ? [] : TailMoves.Of(own, batch, backend, cancellation);
                for (int i = 0; i < moves.Length; i++)
                {
                    take(batch[i], moves[i], asked[next++].Losses);
                }

                batch.Clear();
                values = 0;
            }
        }
    }

    static void Count(ValuationRun own, (int Account, LossHistogram Losses)[] asked, IBackend backend, CancellationToken cancellation)
    {
        ScenarioWeights weights = own.Source.Weights();
        Valuation.Visit(
            own with { Positions = own.Positions.Select([.. asked.Select(account => account.Account)]), TailLength = 1, FingerprintRows = 0 }, backend,
            (first, rows, values) =>
            {
                for (int row = 0; row < rows; row++)
                {
                    double weight = weights.Vary ? weights.Of(first + row) : 1;
                    for (int i = 0; i < asked.Length; i++)
                    {
                        asked[i].Losses.Add(-values[row * asked.Length + i], weight);
                    }
                }
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
