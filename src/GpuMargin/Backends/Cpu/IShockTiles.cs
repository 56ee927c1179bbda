using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>One thread's tiles of shocks, filled from a source of scenarios.</summary>
interface IShockTiles<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    /// <summary>Fills the first <paramref name="count"/> tiles with neighbouring scenarios.</summary>
    void Generate(uint firstScenario, int count, StageClock clock);

    /// <summary>Shocks of a tile, [shock, scenario], the rows that the run's instruments read.</summary>
    LaneArray<T> Shocks(int tile);
}
