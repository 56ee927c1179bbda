namespace GpuMargin.Backends.Cpu;

/// <summary>How many scenarios are walked together; changes speed, never a bit of the result.</summary>
/// <param name="Block">Scenarios drawn together, a multiple of the tile and of 64.</param>
/// <param name="Tile">Scenarios revalued and added up together, a multiple of <see cref="ProfitAndLossHash.LeafScenarios"/>.</param>
readonly record struct TileShape(int Block, int Tile)
{
    /// <summary>Drawing 64 together reads the correlation factor once for four vectors; a tile of 32 keeps instruments × scenarios nearest to a core's L2 cache.</summary>
    public static TileShape For(int tile)
    {
        int width = tile == 0 ? 32 : tile;
        return new TileShape(width % 64 == 0 ? width : 2 * width, width);
    }
}
