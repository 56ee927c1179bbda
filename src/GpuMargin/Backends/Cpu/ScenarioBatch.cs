using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>
/// Draws, correlates and evolves neighbouring tiles of scenarios. Drawing and correlating go tile by tile, which stays near the core; evolution goes factor by factor over
/// all tiles, so that the marginal tables of hundreds of factors, which leave the caches in between, are fetched once for all of them.
/// </summary>
sealed unsafe class ScenarioBatch<T, TWord> : IShockTiles<T>
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    readonly ScenarioMemory<T> plan;
    readonly int width;
    readonly ScenarioDraws<T, TWord> draws;
    readonly ScenarioTile<T>[] tiles;

    /// <param name="width">Scenarios in a tile, a multiple of four lanes.</param>
    /// <param name="tiles">At most generated together.</param>
    public ScenarioBatch(ScenarioMemory<T> plan, int width, int tiles)
    {
        Debug.Assert(width > 0 && width % (4 * T.Width) == 0, "A tile is a multiple of four lanes.");
        this.plan = plan;
        this.width = width;
        using Allocation allocation = new();
        draws = allocation.Take(new ScenarioDraws<T, TWord>(plan, width));
        this.tiles = new ScenarioTile<T>[tiles];
        for (int i = 0; i < tiles; i++)
        {
            this.tiles[i] = allocation.Take(new ScenarioTile<T>(plan, width));
        }

        allocation.Complete();
    }

    public ScenarioTile<T> this[int tile] => tiles[tile];

    public LaneArray<T> Shocks(int tile) => tiles[tile].Shocks;

    /// <summary>Generates the first <paramref name="count"/> tiles.</summary>
    public void Generate(uint firstScenario, int count, StageClock clock)
    {
        Debug.Assert(count >= 0 && count <= tiles.Length, $"{count} of {tiles.Length} tiles.");
        for (int i = 0; i < count; i++)
        {
            tiles[i].Start();
        }

        for (int day = 0; day < plan.Days; day++)
        {
            for (int i = 0; i < count; i++)
            {
                Draw(i, firstScenario + (uint)(i * width), day);
                clock.Lap(Stage.Draw);
                Correlate(i);
                clock.Lap(Stage.Correlate);
            }

            Evolve(count);
            for (int i = 0; i < count; i++)
            {
                tiles[i].AddJumps(day + 1, (int)firstScenario + i * width);
                tiles[i].Keep(day + 1);
            }

            clock.Lap(Stage.Evolve);
        }
    }

    public void Draw(int index, uint firstScenario, int day)
    {
        ScenarioTile<T> tile = tiles[index];
        if (plan.Sobol is null)
        {
            draws.Normals(firstScenario, (uint)day, tile.Variates);
        }
        else
        {
            draws.Components(firstScenario, day, tile.Components);
        }

        if (plan.Mixing is null)
        {
            return;
        }

        if (plan.Sobol is null && plan.Importance is null)
        {
            draws.Mixing(firstScenario, (uint)day, tile.Mixing);
        }
        else
        {
            draws.BridgedMixing(firstScenario, day, tile.Mixing);
        }
    }

    public void Correlate(int index)
    {
        ScenarioTile<T> tile = tiles[index];
        if (plan.Sobol is null)
        {
            Correlation<T>.Triangular(plan, tile.Variates, width);
        }
        else
        {
            Correlation<T>.Loadings(plan, tile.Components, tile.Variates, width);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Evolve(int count)
    {
        for (int factor = 0; factor < plan.Factors; factor++)
        {
            TableMemory<T> marginal = plan.Marginals[plan.Marginal[factor]];
            plan.Marginals[plan.Marginal[Math.Min(factor + 1, plan.Factors - 1)]].Prefetch();
            HostTable<T> table = marginal.Table;
            T origin = T.Of(marginal.Origin);
            T bound = T.Of(marginal.Bound);
            T mean = T.Broadcast(plan.Mean.Pointer, factor);
            T omega = T.Broadcast(plan.Omega.Pointer, factor);
            T alpha = T.Broadcast(plan.Alpha.Pointer, factor);
            T negativeAlpha = T.Broadcast(plan.NegativeAlpha.Pointer, factor);
            T beta = T.Broadcast(plan.Beta.Pointer, factor);
            T maximum = T.Broadcast(plan.MaximumShock.Pointer, factor);
            nint row = (nint)factor * width;
            Debug.Assert(marginal.Cells > 0 && plan.Marginal[factor] < plan.Marginals.Length, "A factor has no table.");
            for (int tile = 0; tile < count; tile++)
            {
                byte* variates = tiles[tile].Variates.Pointer;
                byte* mixing = tiles[tile].Mixing.Pointer;
                byte* variance = tiles[tile].Variance.Pointer;
                byte* shocks = tiles[tile].HorizonShocks;
                for (int s = 0; s < width; s += T.Width)
                {
                    T x = T.Load(variates, row + s);
                    T distance = plan.Mixing is null ? x - origin : T.Fma(x, T.Load(mixing, s), -origin);
                    T z = MarginalTable.Evaluate(distance, table, bound, marginal.Resolution, marginal.Cells);
                    T h = T.Load(variance, row + s);
                    T shock = T.Load(shocks, row + s);
                    GarchStep.Advance(z, mean, omega, alpha, negativeAlpha, beta, maximum, ref h, ref shock);
                    T.Store(h, variance, row + s);
                    T.Store(shock, shocks, row + s);
                }
            }
        }
    }

    public void Dispose()
    {
        draws.Dispose();
        foreach (ScenarioTile<T> tile in tiles)
        {
            tile.Dispose();
        }
    }
}
