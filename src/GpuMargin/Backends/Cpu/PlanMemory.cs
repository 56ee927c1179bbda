using GpuMargin.Aggregation;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>A run in the working precision, shared by all workers.</summary>
sealed class PlanMemory<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly bool allShocks;

    /// <param name="narrow">Of the run, if it is to be walked in bands.</param>
    /// <param name="allShocks">Whether shocks that no held instrument reads are needed, too.</param>
    /// <exception cref="ArgumentException">The run asks for what its source does not have, or for more than the engine reads.</exception>
    public PlanMemory(ValuationRun plan, NarrowRows? narrow = null, bool allShocks = false)
    {
        plan.Check();
        Plan = plan;
        this.allShocks = allShocks;
        Narrow = narrow;
        ScenarioMemory<T>? drawn = null;
        InstrumentMemory<T>? instruments = null;
        PositionBlocks<T>? positions = null;
        bool complete = false;
        try
        {
            SideBySide.Invoke(
                () => positions = narrow is null ? new(plan.Positions, plan.Instruments.Count) : new(narrow),
                () => drawn = plan.Source is ScenarioPlan model ? new(model, plan.Instruments.Shocks) : null,
                () => instruments = new(plan.Instruments, plan.Positions.Held(plan.Instruments.Count)));
            complete = true;
        }
        finally
        {
            if (!complete)
            {
                drawn?.Dispose();
                instruments?.Dispose();
                positions?.Dispose();
            }
        }

        Drawn = drawn;
        Instruments = instruments!;
        Positions = positions!;
    }

    public ValuationRun Plan { get; }

    /// <summary>The bands in which rows are walked; <see langword="null"/>: all rows go through all blocks of instruments.</summary>
    public NarrowRows? Narrow { get; }

    /// <summary>The model that scenarios are drawn from; <see langword="null"/> where they are given.</summary>
    public ScenarioMemory<T>? Drawn { get; }

    public InstrumentMemory<T> Instruments { get; }

    public PositionBlocks<T> Positions { get; }

    /// <summary>Memory for neighbouring tiles of the run's shocks.</summary>
    public IShockTiles<T> Shocks<TWord>(int width, int tiles)
        where TWord : unmanaged, IHostWordLane<TWord> => Drawn is { } drawn
        ? new ScenarioBatch<T, TWord>(drawn, width, tiles)
        : new GivenTiles<T>((GivenScenarios)Plan.Source, Plan.ShockRows, allShocks ? [.. Enumerable.Range(0, Plan.ShockRows.Count)] : Plan.Instruments.RowsRead(Instruments.Held), width, tiles);

    public void Dispose()
    {
        Drawn?.Dispose();
        Instruments.Dispose();
        Positions.Dispose();
    }
}
