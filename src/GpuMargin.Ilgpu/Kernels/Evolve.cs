using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>A factor's process.</summary>
/// <param name="Table">Number of its marginal table.</param>
/// <param name="MaximumShock">+∞: none.</param>
readonly record struct FactorProcess<T>(int Table, T Mean, T Variance, T Omega, T Alpha, T NegativeAlpha, T Beta, T MaximumShock)
    where T : unmanaged, IDeviceLane<T>;

/// <summary>One day of one factor in one scenario.</summary>
readonly struct Evolve<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>Correlated normals, [factor, scenario].</summary>
    public required ArrayView<T> Correlated { get; init; }

    /// <summary>√(ν/W), [scenario]; not read with a Gaussian copula.</summary>
    public required ArrayView<T> Mixing { get; init; }

    /// <summary>[factor, scenario].</summary>
    public required ArrayView<T> Variance { get; init; }

    /// <summary>Σ r, [factor, scenario].</summary>
    public required ArrayView<T> Shocks { get; init; }

    public required ArrayView<T> Tables { get; init; }

    public required ArrayView<TableShape<T>> Shapes { get; init; }

    public required ArrayView<FactorProcess<T>> Processes { get; init; }

    public required int Width { get; init; }

    /// <summary>1 with a t copula, else 0.</summary>
    public required int Mixed { get; init; }

    /// <summary>1 on the first day, which starts from today's variances and no shock.</summary>
    public required int FirstDay { get; init; }

    public void Run(int index)
    {
        int factor = (int)((uint)index / (uint)Width);
        FactorProcess<T> process = Processes[factor];
        TableShape<T> shape = Shapes[process.Table];
        T x = Correlated[index];
        T distance = Mixed == 0 ? x - shape.Origin : T.Fma(x, Mixing[index - factor * Width], -shape.Origin);
        DeviceTable<T> table = new(Tables, shape.Start, shape.Plane);
        T z = MarginalTable.Evaluate(distance, table, shape.Bound, shape.Resolution, shape.Cells);
        T variance = FirstDay != 0 ? process.Variance : Variance[index];
        T shock = FirstDay != 0 ? T.Of(0) : Shocks[index];
        GarchStep.Advance(z, process.Mean, process.Omega, process.Alpha, process.NegativeAlpha, process.Beta, process.MaximumShock, ref variance, ref shock);
        Variance[index] = variance;
        Shocks[index] = shock;
    }
}
