using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>Tiles of scenarios that are given: their shocks rounded to the working precision, and none behind the last scenario.</summary>
sealed class GivenTiles<T> : IShockTiles<T>
    where T : unmanaged, IHostLane<T>
{
    readonly GivenScenarios source;
    readonly (int Row, int Column)[] read; // rows of the tiles and their columns in the source
    readonly int width;
    readonly LaneArray<T>[] tiles;

    /// <param name="rows">The rows of shocks of the tiles.</param>
    /// <param name="read">Those that are read; the others stay zero.</param>
    /// <param name="width">Scenarios in a tile.</param>
    /// <param name="tiles">At most filled together.</param>
    public GivenTiles(GivenScenarios source, ShockRows rows, IReadOnlyList<int> read, int width, int tiles)
    {
        this.source = source;
        int[] columns = source.Columns(rows);
        this.read = [.. read.Select(row => (row, columns[row]))];
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
                foreach ((int row, int column) in read)
                {
                    tiles[tile].Set((long)row * width + s, shocks.IsEmpty ? 0 : shocks[column]);
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
