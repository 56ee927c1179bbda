using GpuMargin.Aggregation;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>A plan in the working precision, shared by all workers.</summary>
sealed class PlanMemory<T>(MarginPlan plan) : IDisposable
    where T : unmanaged, IHostLane<T>
{
    public MarginPlan Plan => plan;

    public ScenarioMemory<T> Scenarios { get; } = new(plan.Scenarios);

    public InstrumentMemory<T> Instruments { get; } = new(plan.Instruments);

    public PositionTile<T> Positions { get; } = new(plan.Positions);

    public void Dispose()
    {
        Scenarios.Dispose();
        Instruments.Dispose();
        Positions.Dispose();
    }
}

/// <summary>One thread's memory, and its walk over a block of scenarios.</summary>
sealed unsafe class Worker<T, TWord> : IDisposable
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    readonly PlanMemory<T> memory;
    readonly TileShape shape;
    readonly ScenarioBlock<T, TWord> block;
    readonly FactorRows<T> rows;
    readonly RevaluationTile<T> tile;
    readonly AlignedBuffer sums;
    readonly AlignedBuffer leaf;

    public Worker(PlanMemory<T> memory, TileShape shape)
    {
        this.memory = memory;
        this.shape = shape;
        block = new(memory.Scenarios, shape.Block);
        rows = new(memory.Instruments.Map, shape.Block);
        tile = new(memory.Instruments, rows, block.Shocks, shape.Block, shape.Tile);
        sums = new AlignedBuffer((long)ProfitAndLossHash.LeafAccounts * shape.Tile * sizeof(double));
        leaf = new AlignedBuffer(ProfitAndLossHash.LeafAccounts * ProfitAndLossHash.LeafScenarios * sizeof(double));
    }

    public StageClock Clock { get; } = new();

    /// <summary>Shocks [factor, scenario] of the block last generated.</summary>
    public LaneArray<T> Shocks => block.Shocks;

    public void Generate(int firstScenario) => block.Generate((uint)firstScenario, Clock);

    /// <summary>Generates a block and passes its P&amp;L to the sink.</summary>
    public void Compute(int firstScenario, IProfitAndLossSink sink)
    {
        Generate(firstScenario);
        rows.Fill(block.Shocks);
        int end = Math.Min(memory.Plan.Scenarios.Scenarios - firstScenario, shape.Block);
        for (int column = 0; column < end; column += shape.Tile)
        {
            tile.Revalue(column);
            Clock.Lap(Stage.Revalue);
            Aggregate(firstScenario + column, Math.Min(end - column, shape.Tile), sink);
        }
    }

    void Aggregate(int firstScenario, int scenarios, IProfitAndLossSink sink)
    {
        int accounts = memory.Plan.Positions.Accounts;
        double* sum = (double*)sums.Pointer;
        for (int first = 0; first < accounts; first += ProfitAndLossHash.LeafAccounts)
        {
            int count = Math.Min(accounts - first, ProfitAndLossHash.LeafAccounts);
            for (int i = 0; i < count; i++)
            {
                memory.Positions.Sum(first + i, tile.Changes.Pointer, shape.Tile, sum + i * shape.Tile);
            }

            Clock.Lap(Stage.Aggregate);
            for (int s = 0; s < scenarios; s += ProfitAndLossHash.LeafScenarios)
            {
                PassLeaf(firstScenario + s, Math.Min(scenarios - s, ProfitAndLossHash.LeafScenarios), first, count, sum + s, sink);
            }
        }
    }

    void PassLeaf(int firstScenario, int scenarios, int firstAccount, int accounts, double* source, IProfitAndLossSink sink)
    {
        double* target = (double*)leaf.Pointer;
        if (scenarios == shape.Tile)
        {
            target = source;
        }
        else
        {
            for (int i = 0; i < accounts; i++)
            {
                new ReadOnlySpan<double>(source + i * shape.Tile, scenarios).CopyTo(new Span<double>(target + i * scenarios, scenarios));
            }
        }

        sink.Take(firstScenario, scenarios, firstAccount, accounts, target, Clock);
    }

    public void Dispose()
    {
        block.Dispose();
        rows.Dispose();
        tile.Dispose();
        sums.Dispose();
        leaf.Dispose();
    }
}
