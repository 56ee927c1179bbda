using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Place of a monotone table among all tables, and its shape.</summary>
/// <param name="Start">Its first coefficient.</param>
/// <param name="Plane">Coefficients of one power: two sides of cells.</param>
readonly record struct TableShape<T>(int Start, int Plane, int Resolution, int Cells, T Origin, T Bound)
    where T : unmanaged, IDeviceLane<T>;

/// <summary>A monotone table in device memory, as kernels see it.</summary>
readonly struct DeviceTable<T> : ITable<T>
    where T : unmanaged, IDeviceLane<T>
{
    readonly ArrayView<T> values;
    readonly int start;
    readonly int plane;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceTable(ArrayView<T> values, int start, int plane)
    {
        this.values = values;
        this.start = start;
        this.plane = plane;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coefficient(int power, T cellBits) => values[start + power * plane + T.IndexOf(cellBits)];
}
