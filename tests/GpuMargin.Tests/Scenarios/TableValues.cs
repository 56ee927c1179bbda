using System.Runtime.CompilerServices;
using GpuMargin.Backends.Cpu;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Tests.Scenarios;

/// <summary>A plan's table at given variates, by the kernel that draws scenarios.</summary>
static unsafe class TableValues
{
    /// <param name="x">Variates, rounded to the lane's precision here.</param>
    /// <exception cref="ArgumentException">One is NaN, which would read outside the table.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] At<T>(MonotoneTable table, double[] x)
        where T : unmanaged, IHostLane<T>
    {
        if (x.Any(double.IsNaN))
        {
            throw new ArgumentException("A variate is NaN.", nameof(x));
        }

        using TableMemory<T> memory = new(table);
        HostTable<T> view = memory.Table;
        int padded = (x.Length + T.Width - 1) / T.Width * T.Width;
        using LaneArray<T> at = new([.. x, .. new double[padded - x.Length]]);
        using LaneArray<T> y = new(padded);
        T origin = T.Of(table.Origin);
        T bound = T.Of(table.Bound);
        for (int i = 0; i < padded; i += T.Width)
        {
            T distance = T.Load(at.Pointer, i) - origin;
            T.Store(MarginalTable.Evaluate(distance, view, bound, table.Resolution, table.Cells), y.Pointer, i);
        }
        double[] values = new double[x.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = y[i];
        }

        return values;
    }
}
