using GpuMargin.Aggregation;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Runs a plan with one lane width and precision on a number of threads.</summary>
interface ICpuEngine
{
    EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone, CancellationToken cancellation);

    /// <param name="wants">Whether a tile, its first scenario and its number of scenarios, is visited.</param>
    void VisitScenarios(ValuationRun plan, Func<int, int, bool> wants, ScenarioVisitor visit, CancellationToken cancellation);

    void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation);

    double[] Shocks(ValuationRun plan, CancellationToken cancellation);
}

sealed class CpuEngine<T, TWord>(int threads, int width) : ICpuEngine
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    /// <summary>Tiles that rows in bands are walked through together: their shocks and growths, a megabyte each at a thousand factors, leave the second cache, a row's kept losses stay in it.</summary>
    const int BandTiles = 16;

    /// <summary>Bytes of these shocks and growths in a thread: with thousands of factors fewer tiles go together, and a run still stops soon.</summary>
    const long BandBytes = 16 << 20;

    public EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone, CancellationToken cancellation)
    {
        using OrderedScenarios<T>? ordered = OrderedScenarios<T>.Of<TWord>(plan);
        using TailSink sink = new(plan, all: ordered is not null);
        StageTime[] stages = Run(plan, sink, ordered, scenariosDone, cancellation);
        int[] lacking = [.. Enumerable.Range(0, plan.Positions.Rows).Where(sink.Tails.Lacks)];
        if (lacking.Length == 0)
        {
            return Result(new StoredTails(sink.Tails, plan.Positions.Rows), sink.Hash, stages);
        }

        (PositionRows rows, int[] places) = plan.Positions.Only(lacking);
        ValuationRun again = plan with { Positions = rows, FingerprintRows = 0, KeepsDigests = false };
        using TailSink complete = new(again, all: true);
        StageTime[] more = Run(again, complete, null, null, cancellation);
        return Result(new StoredTails(sink.Tails, plan.Positions.Rows, lacking, complete.Tails, places), sink.Hash, StageTime.Sum([.. stages, .. more]));
    }

    static EngineResult Result(StoredTails tails, ProfitAndLossHash hash, IReadOnlyList<StageTime> stages) =>
        new(tails, hash.Root(), stages) { Digests = hash.Digests };

    StageTime[] Run(ValuationRun plan, TailSink sink, OrderedScenarios<T>? ordered, IProgress<long>? scenariosDone, CancellationToken cancellation)
    {
        NarrowRows? narrow = ordered is null ? NarrowRows.Of(plan) : null;
        using PlanMemory<T> memory = new(plan, narrow);
        int scenarios = plan.Scenarios;
        int wide = narrow is null && ordered is null ? width : ProfitAndLossHash.LeafScenarios;
        int tiles = (scenarios + wide - 1) / wide;
        int next = 0;
        long done = 0;
        StageClock[] clocks = new StageClock[Math.Min(threads, tiles)];
        long tileBytes = (long)(plan.Instruments.Shocks.Count + memory.Instruments.Growths.Count) * wide * LaneArray<T>.ElementSize;
        int bandTiles = (int)Math.Clamp(Math.Min(BandBytes / Math.Max(tileBytes, 1), (tiles + clocks.Length - 1) / Math.Max(clocks.Length, 1)), 1, BandTiles);
        int together = ordered is null ? bandTiles : OrderedWorker<T, TWord>.Tiles;
        Func<int, int> share = narrow is null && ordered is null ? left => Share(left, clocks.Length) : left => Math.Min(together, (left + clocks.Length - 1) / clocks.Length);
        ThreadTeam.Run(clocks.Length, (index, stop) =>
        {
            using IWorker worker = ordered is not null ? new OrderedWorker<T, TWord>(memory, ordered, sink.Tails)
                : narrow is null ? new Worker<T, TWord>(memory, width) : new BandWorker<T, TWord>(memory, bandTiles, (double)index / clocks.Length);
            clocks[index] = worker.Clock;
            worker.Clock.Start();
            for ((int tile, int count) = Take(ref next, tiles, share); count > 0; (tile, count) = Take(ref next, tiles, share))
            {
                stop.ThrowIfCancellationRequested();
                int first = plan.FirstScenario + tile * wide;
                worker.Compute(first, count, sink);

                scenariosDone?.Report(Interlocked.Add(ref done, Math.Min(count * wide, plan.EndScenario - first)));
            }
        }, cancellation);
        return StageClock.Mean(clocks);
    }

    // A batch, or towards the end a tile, so that all threads end together.
    static int Share(int left, int threads) =>
        left >= 2 * threads * Worker<T, TWord>.BatchTiles ? Worker<T, TWord>.BatchTiles : Math.Min(left, 1);

    static (int Tile, int Count) Take(ref int next, int tiles, Func<int, int> share)
    {
        while (true)
        {
            int tile = Volatile.Read(ref next);
            int count = share(tiles - tile);
            if (count == 0 || Interlocked.CompareExchange(ref next, tile + count, tile) == tile)
            {
                return (tile, count);
            }
        }
    }

    public void VisitScenarios(ValuationRun plan, Func<int, int, bool> wants, ScenarioVisitor visit, CancellationToken cancellation)
    {
        using PlanMemory<T> memory = new(plan, allShocks: true);
        using Worker<T, TWord> worker = new(memory, width);
        int factors = plan.Source.Factors;
        int horizon = plan.Instruments.Shocks.FirstAtHorizon;
        double[] values = new double[width * factors];
        foreach ((int first, int rows) in Tiles(plan, cancellation).Where(tile => wants(tile.First, tile.Rows)))
        {
            LaneArray<T> shocks = worker.Generate(first);
            for (int row = 0; row < rows; row++)
            {
                for (int factor = 0; factor < factors; factor++)
                {
                    values[row * factors + factor] = shocks[(long)(horizon + factor) * width + row];
                }
            }

            visit(first, rows, values.AsSpan(0, rows * factors));
        }
    }

    public void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation)
    {
        using PlanMemory<T> memory = new(plan);
        using Worker<T, TWord> worker = new(memory, width);
        foreach ((int first, int rows) in Tiles(plan, cancellation))
        {
            RowSink sink = new(first, rows, plan.Positions);
            worker.Compute(first, 1, sink);
            visit(first, rows, sink.Values);
        }
    }

    public double[] Shocks(ValuationRun plan, CancellationToken cancellation)
    {
        using PlanMemory<T> memory = new(plan, allShocks: true);
        int rows = plan.ShockRows.Count, tiles = (plan.Scenarios + width - 1) / width, next = 0;
        double[] all = GC.AllocateUninitializedArray<double>(checked(plan.Scenarios * rows));
        ThreadTeam.Run(Math.Min(threads, tiles), (_, stop) =>
        {
            using Worker<T, TWord> worker = new(memory, width);
            for (int tile = Interlocked.Increment(ref next) - 1; tile < tiles; tile = Interlocked.Increment(ref next) - 1)
            {
                stop.ThrowIfCancellationRequested();
                int first = tile * width;
                LaneArray<T> shocks = worker.Generate(plan.FirstScenario + first);
                for (int s = 0; s < Math.Min(width, plan.Scenarios - first); s++)
                {
                    for (int row = 0; row < rows; row++)
                    {
                        all[(first + s) * rows + row] = shocks[(long)row * width + s];
                    }
                }
            }
        }, cancellation);
        return all;
    }

    IEnumerable<(int First, int Rows)> Tiles(ValuationRun plan, CancellationToken cancellation)
    {
        int end = plan.EndScenario;
        for (int first = plan.FirstScenario; first < end; first += width)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (first, Math.Min(width, end - first));
        }
    }
}
