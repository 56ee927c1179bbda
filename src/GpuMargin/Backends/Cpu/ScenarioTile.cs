using System.Diagnostics;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>The memory of one tile of scenarios: arrays [factor, scenario], a row per factor.</summary>
sealed unsafe class ScenarioTile<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly ScenarioMemory<T> plan;
    readonly int width;

    /// <param name="width">Scenarios in a tile, a multiple of four lanes.</param>
    public ScenarioTile(ScenarioMemory<T> plan, int width)
    {
        this.plan = plan;
        this.width = width;
        using Allocation allocation = new();
        Variates = Zeros((long)plan.Factors * width);
        Variance = Zeros((long)plan.Factors * width);
        Shocks = Zeros((long)plan.Shocks.Count * width);
        Mixing = Zeros(width);
        Components = Zeros(plan.Sobol is null ? 0 : (long)plan.Factors * width);
        allocation.Complete();

        LaneArray<T> Zeros(long elements) => allocation.Take(new LaneArray<T>(elements));
    }

    /// <summary>Normals after drawing, correlated after correlating.</summary>
    public LaneArray<T> Variates { get; }

    /// <summary>Normals of the principal components, with Sobol points.</summary>
    public LaneArray<T> Components { get; }

    /// <summary>The copula's mixing variable, one for all factors.</summary>
    public LaneArray<T> Mixing { get; }

    /// <summary>Variance of the day to come.</summary>
    public LaneArray<T> Variance { get; }

    /// <summary>[shock, scenario], the rows of <see cref="ShockRows"/>; the horizon's hold those of the day reached.</summary>
    public LaneArray<T> Shocks { get; }

    /// <summary>The horizon's rows, [factor, scenario].</summary>
    public byte* HorizonShocks => Shocks.At((long)plan.Shocks.FirstAtHorizon * width);

    /// <summary>Today's variances and no shock.</summary>
    public void Start()
    {
        byte* shocks = HorizonShocks;
        for (int factor = 0; factor < plan.Factors; factor++)
        {
            T h = T.Broadcast(plan.Variance.Pointer, factor);
            for (int s = 0; s < width; s += T.Width)
            {
                T.Store(h, Variance.Pointer, (nint)factor * width + s);
                T.Store(T.Of(0), shocks, (nint)factor * width + s);
            }
        }
    }

    /// <summary>Keeps the shocks of a day that instruments read before the horizon.</summary>
    /// <param name="day">Days evolved.</param>
    public void Keep(int day)
    {
        int first = plan.Shocks.FirstBeforeHorizon(day);
        if (first >= 0)
        {
            long bytes = (long)plan.Factors * width * LaneArray<T>.ElementSize;
            Buffer.MemoryCopy(HorizonShocks, Shocks.At((long)first * width), bytes, bytes);
        }
    }

    /// <summary>Adds the jumps of a day to the shocks reached.</summary>
    /// <param name="day">Days evolved.</param>
    public void AddJumps(int day, int firstScenario)
    {
        for (int i = 0; i < plan.Jumps.Count; i++)
        {
            FactorJump jump = plan.Jumps[i];
            if (jump.Day != day)
            {
                continue;
            }

            (int from, int to) = jump.Within(firstScenario, width);
            for (int k = from; k < to; k++)
            {
                nint element = (nint)jump.Factor * width + jump.Scenarios[k] - firstScenario;
                Debug.Assert(jump.Scenarios[k] >= firstScenario && jump.Scenarios[k] < firstScenario + width, "A jump is outside the tile.");
                Shocks.AssertHolds(element, 1);
                if (T.IsSingle)
                {
                    ((float*)HorizonShocks)[element] += (float)jump.Shock;
                }
                else
                {
                    ((double*)HorizonShocks)[element] += jump.Shock;
                }
            }
        }
    }

    public void Dispose()
    {
        Variates.Dispose();
        Components.Dispose();
        Mixing.Dispose();
        Variance.Dispose();
        Shocks.Dispose();
    }
}
