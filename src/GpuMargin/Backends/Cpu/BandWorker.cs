using System.Diagnostics;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>One thread's memory, and its walk over neighbouring tiles of scenarios where rows are narrow: band by band, and through all tiles in each.</summary>
sealed unsafe class BandWorker<T, TWord> : IWorker
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    const int Width = ProfitAndLossHash.LeafScenarios;

    readonly PlanMemory<T> memory;
    readonly NarrowRows bands;
    readonly int start;
    readonly IShockTiles<T> scenarios;
    readonly GrowthTile<T>[] growths;
    readonly RevaluationTile<T>[] revaluations;
    readonly AlignedBuffer sums; // [row of the band, scenario]

    /// <param name="tiles">Tiles that are generated together at most.</param>
    /// <param name="start">Share of the bands before the one that is walked first: threads that begin apart do not wait for each other's rows.</param>
    public BandWorker(PlanMemory<T> memory, int tiles, double start)
    {
        this.memory = memory;
        bands = memory.Narrow!;
        this.start = (int)(start * bands.Count);
        growths = new GrowthTile<T>[tiles];
        revaluations = new RevaluationTile<T>[tiles];
        using Allocation allocation = new();
        scenarios = allocation.Take(memory.Shocks<TWord>(Width, tiles));
        for (int tile = 0; tile < tiles; tile++)
        {
            growths[tile] = allocation.Take(new GrowthTile<T>(memory.Instruments.Growths, Width));
            revaluations[tile] = allocation.Take(new RevaluationTile<T>(memory.Instruments, growths[tile], Width, NarrowRows.Instruments));
        }

        sums = allocation.Take(AlignedBuffer.Uninitialized((long)NarrowRows.Rows * Width * sizeof(double)));
        allocation.Complete();
    }

    public StageClock Clock { get; } = new();

    public void Compute(int firstScenario, int tiles, IProfitAndLossSink sink)
    {
        Debug.Assert(tiles > 0 && tiles <= growths.Length, $"{tiles} of {growths.Length} tiles.");
        scenarios.Generate((uint)firstScenario, tiles, Clock);
        for (int tile = 0; tile < tiles; tile++)
        {
            growths[tile].Fill(scenarios.Shocks(tile));
        }

        Clock.Lap(Stage.Revalue);
        for (int i = 0; i < bands.Count; i++)
        {
            int band = (start + i) % bands.Count;
            for (int tile = 0; tile < tiles; tile++)
            {
                PassOn(band, tile, firstScenario + tile * Width, sink);
            }
        }
    }

    void PassOn(int band, int tile, int firstScenario, IProfitAndLossSink sink)
    {
        RevaluationTile<T> revaluation = revaluations[tile];
        revaluation.Revalue(bands.Places(band), scenarios.Shocks(tile));
        Clock.Lap(Stage.Revalue);
        int first = bands.FirstRow(band), rows = bands.FirstRow(band + 1) - first;
        double* values = (double*)sums.Pointer;
        for (int row = 0; row < rows; row++)
        {
            if (bands.Positions.Count(first + row) == 0)
            {
                new Span<double>(values + (nint)row * Width, Width).Clear();
            }
        }

        memory.Positions.Add(band, first, rows, revaluation.Changes.Pointer, Width, values - (nint)first * Width);
        int valid = Math.Min(memory.Plan.EndScenario - firstScenario, Width);
        for (int row = 1; row < rows && valid < Width; row++)
        {
            new ReadOnlySpan<double>(values + (nint)row * Width, valid).CopyTo(new Span<double>(values + (nint)row * valid, valid));
        }

        Clock.Lap(Stage.Aggregate);
        sink.Take(firstScenario, valid, first, rows, values, Clock);
    }

    public void Dispose()
    {
        scenarios.Dispose();
        sums.Dispose();
        foreach (RevaluationTile<T> revaluation in revaluations)
        {
            revaluation.Dispose();
        }

        foreach (GrowthTile<T> growth in growths)
        {
            growth.Dispose();
        }
    }
}
