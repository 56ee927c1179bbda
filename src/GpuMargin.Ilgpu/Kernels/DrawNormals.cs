using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Four neighbouring factors' standard normals in one scenario: they share a Philox counter.</summary>
readonly struct DrawNormals<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>[factor, scenario].</summary>
    public required ArrayView<T> Variates { get; init; }

    public required int Factors { get; init; }

    /// <summary>Scenarios in a row.</summary>
    public required int Width { get; init; }

    public required uint Day { get; init; }

    public required RandomStream Random { get; init; }

    public void Run(int index)
    {
        uint group = (uint)index / (uint)Width;
        uint s = (uint)index - group * (uint)Width;
        Random.Words(s, group, Day, PhiloxStreams.Normal, out UInt32x1 w0, out UInt32x1 w1, out UInt32x1 w2, out UInt32x1 w3);
        int factor = (int)group * 4;
        Store(factor, s, w0);
        Store(factor + 1, s, w1);
        Store(factor + 2, s, w2);
        Store(factor + 3, s, w3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Store(int factor, uint s, UInt32x1 word)
    {
        if (factor < Factors)
        {
            T magnitude = T.FromWord(word.Value, out T sign);
            Variates[factor * Width + (int)s] = NormalVariate.FromWord(magnitude, sign);
        }
    }
}
