using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>A marginal table in memory, as kernels see it: [cell, coefficient].</summary>
/// <remarks>A cell's coefficients share a cache line: the tables of hundreds of factors outgrow the caches near the core.</remarks>
readonly unsafe struct HostTable<T>(byte* values) : ITable<T>
    where T : unmanaged, IHostLane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coefficient(int power, T cellBits) =>
        T.GatherRows(values + (nint)power * (T.IsSingle ? sizeof(float) : sizeof(double)), cellBits);
}
