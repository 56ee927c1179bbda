using System.Runtime.CompilerServices;

namespace GpuMargin.Kernels.Lanes;

/// <summary>One word.</summary>
public readonly unsafe struct UInt32x1 : IHostWordLane<UInt32x1>
{
    readonly uint v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    UInt32x1(uint v) => this.v = v;

    public static int Width => 1;

    public uint Value => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x1 Of(uint x) => new(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x1 operator ^(UInt32x1 a, UInt32x1 b) => new(a.v ^ b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(UInt32x1 a, uint b, out UInt32x1 high, out UInt32x1 low)
    {
        ulong product = (ulong)a.v * b;
        high = new((uint)(product >> 32));
        low = new((uint)product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x1 Sequence(uint first) => new(first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(UInt32x1 value, uint* target) => *target = value.v;
}
