using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>Tiles of scenarios that are given: their shocks rounded to the working precision, and none behind the last scenario.</summary>
sealed class GivenTiles<T> : IShockTiles<T>
    where T : unmanaged, IHostLane<T>
{
    readonly GivenScenarios source;
    readonly int[] columns; // of the source, per row that is read
    readonly int width;
    readonly LaneArray<T>[] tiles;

    /// <param name="rows">The rows of shocks that are read.</param>
    /// <param name="width">Scenarios in a tile.</param>
    /// <param name="tiles">At most filled together.</param>
    public GivenTiles(GivenScenarios source, ShockRows rows, int width, int tiles)
    {
        this.source = source;
        columns = source.Columns(rows);
        this.width = width;
        this.tiles = new LaneArray<T>[tiles];
        using Allocation allocation = new();
        for (int i = 0; i < tiles; i++)
        {
            this.tiles[i] = allocation.Take(new LaneArray<T>((long)rows.Count * width));
        }

        allocation.Complete();
    }

    public LaneArray<T> Shocks(int tile) => tiles[tile];

    public void Generate(uint firstScenario, int count, StageClock clock)
    {
        for (int tile = 0; tile < count; tile++)
        {
            for (int s = 0; s < width; s++)
            {
                int scenario = (int)firstScenario + tile * width + s;
                ReadOnlySpan<double> shocks = scenario < source.Count ? source[scenario] : [];
                for (int row = 0; row < columns.Length; row++)
                {
                    tiles[tile].Set((long)row * width + s, shocks.IsEmpty ? 0 : shocks[columns[row]]);
                }
            }
        }

        clock.Lap(Stage.Draw);
    }

    public void Dispose()
    {
        foreach (LaneArray<T> tile in tiles)
        {
            tile.Dispose();
        }
    }
}
