using System.Runtime.Intrinsics.X86;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>A scenario plan in the working precision.</summary>
sealed class ScenarioMemory<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    /// <param name="shocks">The rows of shocks that are kept.</param>
    public ScenarioMemory(ScenarioPlan plan, ShockRows shocks)
    {
        Shocks = shocks.Of(plan.Days, plan.Factors);
        Factors = plan.Factors;
        Days = plan.Days;
        Seed = plan.Seed;
        Bridge = plan.Bridge;
        Marginal = plan.Marginal;
        Jumps = plan.Jumps;
        using Allocation allocation = new();
        Sobol = plan.Sobol is null ? null : allocation.Take(new SobolMemory(plan.Sobol, plan.Seed));
        Importance = plan.Importance is null ? null : Table(plan.Importance.Table);
        Loadings = Column(plan.Sobol?.Loadings ?? []);
        Correlation = Column(plan.CorrelationFactor);
        Mixing = plan.Mixing is null ? null : Table(plan.Mixing);
        Marginals = [.. plan.Marginals.Select(Table)];
        Mean = Column(plan.Mean);
        Variance = Column(plan.Variance);
        Omega = Column(plan.Omega);
        Alpha = Column(plan.Alpha);
        NegativeAlpha = Column(plan.NegativeAlpha);
        Beta = Column(plan.Beta);
        MaximumShock = Column(plan.MaximumShock);
        allocation.Complete();

        LaneArray<T> Column(double[] values) => allocation.Take(new LaneArray<T>(values));
        TableMemory<T> Table(MonotoneTable table) => allocation.Take(new TableMemory<T>(table));
    }

    public int Factors { get; }

    public int Days { get; }

    public ShockRows Shocks { get; }

    public ulong Seed { get; }

    public BrownianBridge Bridge { get; }

    public SobolMemory? Sobol { get; }

    /// <summary>A of the Sobol plan, [factor, component]; empty without.</summary>
    public LaneArray<T> Loadings { get; }

    public TableMemory<T>? Importance { get; }

    public LaneArray<T> Correlation { get; }

    public TableMemory<T>? Mixing { get; }

    public TableMemory<T>[] Marginals { get; }

    public int[] Marginal { get; }

    public LaneArray<T> Mean { get; }

    public LaneArray<T> Variance { get; }

    public LaneArray<T> Omega { get; }

    public LaneArray<T> Alpha { get; }

    public LaneArray<T> NegativeAlpha { get; }

    public LaneArray<T> Beta { get; }

    public LaneArray<T> MaximumShock { get; }

    public IReadOnlyList<FactorJump> Jumps { get; }

    public void Dispose()
    {
        Sobol?.Dispose();
        Importance?.Dispose();
        Mixing?.Dispose();
        foreach (TableMemory<T> table in Marginals)
        {
            table.Dispose();
        }

        foreach (LaneArray<T> array in (ReadOnlySpan<LaneArray<T>>)[Loadings, Correlation, Mean, Variance, Omega, Alpha, NegativeAlpha, Beta, MaximumShock])
        {
            array.Dispose();
        }
    }
}

/// <summary>A marginal table in the working precision.</summary>
sealed unsafe class TableMemory<T>(MonotoneTable table) : IDisposable
    where T : unmanaged, IHostLane<T>
{
    const int Stride = 8;
    const int CacheLine = 64;

    readonly LaneArray<T> values = ByCell(table);

    public double Origin => table.Origin;

    public double Bound => table.Bound;

    public int Resolution => table.Resolution;

    public int Cells => table.Cells;

    public HostTable<T> Table => new(values.Pointer);

    /// <summary>Brings the cells of |x| &lt; 3 near: hundreds of tables leave the caches between tiles, and gathers wait for each line in turn.</summary>
    public void Prefetch()
    {
        int rowBytes = Stride * LaneArray<T>.ElementSize;
        int central = Math.Min(2 << Resolution, Cells) * rowBytes;
        for (int offset = 0; offset < central && Sse.IsSupported; offset += CacheLine)
        {
            Sse.Prefetch0(values.Pointer + offset);
            Sse.Prefetch0(values.Pointer + Cells * rowBytes + offset);
        }
    }

    public void Dispose() => values.Dispose();

    // From [coefficient, cell] to [cell, coefficient], in eight places of which two are not used.
    static LaneArray<T> ByCell(MonotoneTable table)
    {
        int cells = table.Values.Length / MarginalTable.Coefficients;
        var rows = LaneArray<T>.Uninitialized(cells * Stride);
        for (int power = 0; power < MarginalTable.Coefficients; power++)
        {
            for (int cell = 0; cell < cells; cell++)
            {
                rows.Set(cell * Stride + power, table.Values[power * cells + cell]);
            }
        }

        return rows;
    }
}
