using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuMargin.Aggregation;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>One thread's memory, and its walk over a tile of scenarios.</summary>
sealed unsafe class Worker<T, TWord> : IWorker
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    /// <summary>Accounts handed on together: 512 KB of P&amp;L, which stays in the cache between tails and fingerprint.</summary>
    const int GroupAccounts = ProfitAndLossHash.SideBySide * ProfitAndLossHash.LeafAccounts;

    /// <summary>Tiles generated together.</summary>
    public const int BatchTiles = 4;

    readonly PlanMemory<T> memory;
    readonly int width;
    readonly IShockTiles<T> scenarios;
    readonly GrowthTile<T> rows;
    readonly RevaluationTile<T> revaluation;
    readonly AlignedBuffer sums;
    readonly AlignedBuffer group;

    /// <param name="width">Scenarios in a tile, a multiple of <see cref="ProfitAndLossHash.LeafScenarios"/>.</param>
    public Worker(PlanMemory<T> memory, int width)
    {
        Debug.Assert(width > 0 && width % ProfitAndLossHash.LeafScenarios == 0, "A tile holds whole leaves.");
        this.memory = memory;
        this.width = width;
        using Allocation allocation = new();
        scenarios = allocation.Take(memory.Shocks<TWord>(width, BatchTiles));
        rows = allocation.Take(new GrowthTile<T>(memory.Instruments.Growths, width));
        revaluation = allocation.Take(new RevaluationTile<T>(memory.Instruments, rows, width, memory.Positions.Instruments));
        PositionRows positions = memory.Plan.Positions;
        sums = allocation.Take(AlignedBuffer.Uninitialized((long)positions.Accounts * width * sizeof(double)));
        group = allocation.Take(AlignedBuffer.Uninitialized((long)Math.Min(GroupAccounts, positions.Rows) * ProfitAndLossHash.LeafScenarios * sizeof(double)));
        allocation.Complete();
        for (int account = 0; account < positions.Accounts; account++)
        {
            if (positions.Count(account) == 0)
            {
                new Span<double>((double*)sums.Pointer + (nint)account * width, width).Clear();
            }
        }
    }

    public StageClock Clock { get; } = new();

    /// <summary>Generates a tile.</summary>
    /// <returns>Its shocks, [shock, scenario].</returns>
    public LaneArray<T> Generate(int firstScenario)
    {
        scenarios.Generate((uint)firstScenario, 1, Clock);
        return scenarios.Shocks(0);
    }

    /// <summary>Generates neighbouring tiles and passes their P&amp;L to the sink.</summary>
    /// <param name="tiles">At most <see cref="BatchTiles"/>.</param>
    public void Compute(int firstScenario, int tiles, IProfitAndLossSink sink)
    {
        Debug.Assert(tiles is > 0 and <= BatchTiles, $"{tiles} of {BatchTiles} tiles.");
        scenarios.Generate((uint)firstScenario, tiles, Clock);
        for (int tile = 0; tile < tiles; tile++)
        {
            PassOn(scenarios.Shocks(tile), firstScenario + tile * width, sink);
        }
    }

    void PassOn(LaneArray<T> shocks, int firstScenario, IProfitAndLossSink sink)
    {
        rows.Fill(shocks);
        int accounts = memory.Plan.Positions.Accounts;
        double* sum = (double*)sums.Pointer;
        int last = memory.Positions.Blocks - 1;
        for (int block = 0; block < last; block++)
        {
            Revalue(block, shocks);
            memory.Positions.Add(block, 0, accounts, revaluation.Changes.Pointer, width, sum);
            Clock.Lap(Stage.Aggregate);
        }

        // The last block group by group: what it completes is passed on while it is near. A group has either leaves of the fingerprint or none.
        Revalue(last, shocks);
        int valid = Math.Min(memory.Plan.EndScenario - firstScenario, width);
        Debug.Assert(valid > 0, "A tile is behind the last scenario.");
        int fingerprinted = memory.Plan.FingerprintRows;
        for (int first = 0; first < accounts;)
        {
            int count = Math.Min((first < fingerprinted ? fingerprinted : accounts) - first, GroupAccounts);
            memory.Positions.Add(last, first, count, revaluation.Changes.Pointer, width, sum);
            Clock.Lap(Stage.Aggregate);
            for (int s = 0; s < valid; s += ProfitAndLossHash.LeafScenarios)
            {
                PassGroup(
                    firstScenario + s, Math.Min(valid - s, ProfitAndLossHash.LeafScenarios),
                    first, count, sum + (nint)first * width + s, sink);
            }

            first += count;
        }

        PassRemainders(firstScenario, valid, sink);
    }

    void Revalue(int block, LaneArray<T> shocks)
    {
        int first = block * memory.Positions.Instruments;
        revaluation.Revalue(first, Math.Min(memory.Positions.Instruments, memory.Plan.Instruments.Count - first), shocks);
        Clock.Lap(Stage.Revalue);
    }

    void PassGroup(int firstScenario, int count, int firstAccount, int accounts, double* source, IProfitAndLossSink sink)
    {
        sums.AssertHolds(source, ((accounts - 1L) * width + count) * sizeof(double));
        double* values = source;
        if (count != width)
        {
            values = (double*)group.Pointer;
            group.AssertHolds(values, (long)accounts * count * sizeof(double));
            for (int i = 0; i < accounts; i++)
            {
                new ReadOnlySpan<double>(source + (nint)i * width, count).CopyTo(new Span<double>(values + i * count, count));
            }
        }

        sink.Take(firstScenario, count, firstAccount, accounts, values, Clock);
    }

    void PassRemainders(int firstScenario, int valid, IProfitAndLossSink sink)
    {
        PositionRows positions = memory.Plan.Positions;
        for (int first = 0; first < positions.Remainders.Count; first += GroupAccounts)
        {
            int count = Math.Min(positions.Remainders.Count - first, GroupAccounts);
            for (int s = 0; s < valid; s += ProfitAndLossHash.LeafScenarios)
            {
                int scenarios = Math.Min(valid - s, ProfitAndLossHash.LeafScenarios);
                double* values = (double*)group.Pointer;
                for (int r = first; r < first + count; r++)
                {
                    Subtract(positions.Remainders, r, s, scenarios, values + (nint)(r - first) * scenarios);
                }

                Clock.Lap(Stage.Aggregate);
                sink.Take(firstScenario + s, scenarios, positions.Accounts + first, count, values, Clock);
            }
        }
    }

    void Subtract(RemainderRows rows, int r, int firstColumn, int columns, double* target)
    {
        double* of = (double*)sums.Pointer + (nint)rows.Of[r] * width + firstColumn;
        sums.AssertHolds(of, columns * sizeof(double));
        group.AssertHolds(target, columns * sizeof(double));
        Unsafe.CopyBlock(target, of, (uint)(columns * sizeof(double)));
        for (int k = rows.Start[r]; k < rows.Start[r + 1]; k++)
        {
            double* less = (double*)sums.Pointer + (nint)rows.Less[k] * width + firstColumn;
            sums.AssertHolds(less, columns * sizeof(double));
            for (int s = 0; s < columns; s++)
            {
                target[s] -= less[s];
            }
        }
    }

    public void Dispose()
    {
        scenarios.Dispose();
        rows.Dispose();
        revaluation.Dispose();
        sums.Dispose();
        group.Dispose();
    }
}
