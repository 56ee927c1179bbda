using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Four neighbouring lanes: a polynomial's steps in one do not wait for those in the others, and its coefficients are read once for all.</summary>
readonly unsafe struct LaneGroup<T>(T first, T second, T third, T fourth) : IMultiplyAdd<LaneGroup<T>>
    where T : unmanaged, IHostLane<T>
{
    readonly T first = first;
    readonly T second = second;
    readonly T third = third;
    readonly T fourth = fourth;

    /// <summary>Number of scenarios.</summary>
    public static int Width => 4 * T.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneGroup<T> Fma(LaneGroup<T> a, LaneGroup<T> b, LaneGroup<T> c) => new(
        T.Fma(a.first, b.first, c.first), T.Fma(a.second, b.second, c.second), T.Fma(a.third, b.third, c.third), T.Fma(a.fourth, b.fourth, c.fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneGroup<T> Load(byte* source, int element) => new(
        T.Load(source, element), T.Load(source, element + T.Width), T.Load(source, element + 2 * T.Width), T.Load(source, element + 3 * T.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(LaneGroup<T> value, byte* target, int element)
    {
        T.Store(value.first, target, element);
        T.Store(value.second, target, element + T.Width);
        T.Store(value.third, target, element + 2 * T.Width);
        T.Store(value.fourth, target, element + 3 * T.Width);
    }
}

/// <summary>Coefficients in native memory, the same for all lanes of a group.</summary>
readonly unsafe struct LaneCoefficients<T>(byte* coefficients) : ICoefficients<LaneGroup<T>>
    where T : unmanaged, IHostLane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneGroup<T> Coefficient(int place)
    {
        T value = T.Broadcast(coefficients, place);
        return new LaneGroup<T>(value, value, value, value);
    }
}
