using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>A marginal table in memory, as kernels see it.</summary>
readonly unsafe struct HostTable<T>(byte* values, int plane) : ITable<T>
    where T : unmanaged, IHostLane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coefficient(int power, T cellBits) =>
        T.Gather(values + (nint)power * plane * (T.IsSingle ? sizeof(float) : sizeof(double)), cellBits);
}
