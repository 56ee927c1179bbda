using GpuMargin.Aggregation;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>A run in the working precision, shared by all workers.</summary>
sealed class PlanMemory<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    /// <exception cref="ArgumentException">The run asks for what its source does not have, or for more than the engine reads.</exception>
    public PlanMemory(ValuationRun plan)
    {
        plan.Check();
        Plan = plan;
        ScenarioMemory<T>? drawn = null;
        InstrumentMemory<T>? instruments = null;
        PositionBlocks<T>? positions = null;
        bool complete = false;
        try
        {
            SideBySide.Invoke(
                () => positions = new(plan.Positions, plan.Instruments.Count),
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

    /// <summary>The model that scenarios are drawn from; <see langword="null"/> where they are given.</summary>
    public ScenarioMemory<T>? Drawn { get; }

    public InstrumentMemory<T> Instruments { get; }

    public PositionBlocks<T> Positions { get; }

    public void Dispose()
    {
        Drawn?.Dispose();
        Instruments.Dispose();
        Positions.Dispose();
    }
}
