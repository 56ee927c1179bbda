using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>√(ν/W) of the t copula in one scenario.</summary>
readonly struct DrawMixing<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>[scenario].</summary>
    public required ArrayView<T> Mixing { get; init; }

    public required ArrayView<T> Tables { get; init; }

    public required TableShape<T> Shape { get; init; }

    public required uint Day { get; init; }

    public required RandomStream Random { get; init; }

    public void Run(int index)
    {
        Random.Words((uint)index, 0, Day, PhiloxStreams.Mixing, out UInt32x1 word, out _, out _, out _);
        T magnitude = T.FromWord(word.Value, out T sign);
        T g = NormalVariate.FromWord(magnitude, sign);
        DeviceTable<T> table = new(Tables, Shape.Start, Shape.Plane);
        Mixing[index] = MarginalTable.Evaluate(g, table, Shape.Bound, Shape.Resolution, Shape.Cells);
    }
}
