using GpuMargin.Aggregation;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>The scenarios of a run of one day whose factors all follow one normal, as under perfect correlation, in order of that normal and its mixing variable.</summary>
/// <remarks>What neighbours lose lies close together: a tile in which no row can lose enough for its tail need not be added up (<see cref="OrderedWorker{T, TWord}"/>).</remarks>
sealed unsafe class OrderedScenarios<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    public const int Width = ProfitAndLossHash.LeafScenarios;

    const int FewestTiles = 16;

    /// <summary>Bytes of P&amp;L of the instruments in a thread at most.</summary>
    const long ChangesBytes = 64 << 20;

    readonly int[] tiles; // in the order in which they are walked
    readonly int[] scenarios; // in order
    readonly LaneArray<T> normals; // in order; those behind the last scenario are its own again
    readonly LaneArray<T> mixing;

    OrderedScenarios(int count)
    {
        int tilesOfAll = (count + Width - 1) / Width;
        // The ends first, then evenly: rows soon have losses near those of their tails, whatever they lose by.
        tiles = [.. Enumerable.Range(0, tilesOfAll).OrderBy(tile => tile == 0 || tile == tilesOfAll - 1 ? 0 : Reversed(tile))];
        scenarios = new int[tilesOfAll * Width];
        using Allocation allocation = new();
        normals = allocation.Take(new LaneArray<T>(scenarios.Length));
        mixing = allocation.Take(new LaneArray<T>(scenarios.Length));
        allocation.Complete();

        static uint Reversed(int tile)
        {
            uint bits = 0;
            for (int bit = 0; bit < 32; bit++)
            {
                bits |= ((uint)tile >> bit & 1) << (31 - bit);
            }

            return bits;
        }
    }

    /// <summary>The scenarios of a run in order; <see langword="null"/> where factors follow several normals, days or points, where scenarios are few or instruments too many, and where rows depend on others or are fingerprinted.</summary>
    public static OrderedScenarios<T>? Of<TWord>(ValuationRun run)
        where TWord : unmanaged, IHostWordLane<TWord>
    {
        bool ordered = run.Source is ScenarioPlan { Days: 1, Sobol: null, Factors: > 0, Jumps.Count: 0 } plan && FollowOne(plan)
            && run.FingerprintRows == 0 && run.Positions.Remainders.Count == 0 && run.Positions.Accounts > 0
            && run.Scenarios >= FewestTiles * Width && (long)OrderedWorker<T, TWord>.Tiles * Width * run.Instruments.Count * LaneArray<T>.ElementSize <= ChangesBytes;
        if (!ordered)
        {
            return null;
        }

        OrderedScenarios<T> all = new(run.Scenarios);
        all.Draw<TWord>((ScenarioPlan)run.Source, run.FirstScenario, run.Scenarios);
        return all;
    }

    /// <summary>Scenarios of the tile that is walked as this number; the last in order may have fewer than others.</summary>
    /// <param name="count">Scenarios of the run.</param>
    public ReadOnlySpan<int> Scenarios(int walked, int count)
    {
        int first = tiles[walked] * Width;
        return scenarios.AsSpan(first, Math.Min(Width, count - first));
    }

    /// <summary>Fills a tile's normals, correlated, and mixing variables.</summary>
    public void Fill(int walked, ScenarioMemory<T> plan, ScenarioTile<T> tile)
    {
        nint first = (nint)tiles[walked] * Width;
        for (int s = 0; s < Width; s += T.Width)
        {
            T normal = T.Load(normals.Pointer, first + s);
            T.Store(T.Load(mixing.Pointer, first + s), tile.Mixing.Pointer, s);
            for (int factor = 0; factor < plan.Factors; factor++)
            {
                T.Store(T.Fma(T.Broadcast(plan.Correlation.Pointer, (nint)factor * (factor + 1) / 2), normal, T.Of(0)), tile.Variates.Pointer, (nint)factor * Width + s);
            }
        }
    }

    static bool FollowOne(ScenarioPlan plan)
    {
        for (int factor = 1, row = 1; factor < plan.Factors; row += ++factor)
        {
            if (plan.CorrelationFactor.AsSpan(row + 1, factor).ContainsAnyExcept(0.0))
            {
                return false;
            }
        }

        return true;
    }

    void Draw<TWord>(ScenarioPlan plan, int firstScenario, int count)
        where TWord : unmanaged, IHostWordLane<TWord>
    {
        ScenarioPlan one = plan with
        {
            CorrelationFactor = [1],
            Marginal = plan.Marginal[..1],
            Mean = plan.Mean[..1],
            Variance = plan.Variance[..1],
            Omega = plan.Omega[..1],
            Alpha = plan.Alpha[..1],
            NegativeAlpha = plan.NegativeAlpha[..1],
            Beta = plan.Beta[..1],
            MaximumShock = plan.MaximumShock[..1],
        };
        using ScenarioMemory<T> memory = new(one, new ShockRows(1, plan.Days));
        using ScenarioBatch<T, TWord> batch = new(memory, Width, 1);
        double[] normal = new double[count], mixed = new double[count], shock = new double[count];
        for (int first = 0; first < count; first += Width)
        {
            batch.Draw(0, (uint)(firstScenario + first), 0);
            for (int s = 0; s < Math.Min(Width, count - first); s++)
            {
                normal[first + s] = batch[0].Variates[s];
                mixed[first + s] = plan.Mixing is null ? 1 : batch[0].Mixing[s];
                shock[first + s] = normal[first + s] * mixed[first + s];
            }
        }

        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(shock, order);
        for (int place = 0; place < scenarios.Length; place++)
        {
            int scenario = order[Math.Min(place, count - 1)];
            scenarios[place] = firstScenario + scenario;
            normals.Set(place, normal[scenario]);
            mixing.Set(place, mixed[scenario]);
        }
    }

    public void Dispose()
    {
        normals.Dispose();
        mixing.Dispose();
    }
}
