using System.Runtime.CompilerServices;

namespace GpuMargin.Kernels.Lanes;

/// <summary>One word.</summary>
readonly unsafe struct UInt32x1 : IHostWordLane<UInt32x1>
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
    public static UInt32x1 operator +(UInt32x1 a, UInt32x1 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x1 operator *(UInt32x1 a, UInt32x1 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x1 ReverseBits(UInt32x1 a)
    {
        uint x = a.v;
        x = ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
        x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
        x = ((x >> 4) & 0x0F0F0F0Fu) | ((x & 0x0F0F0F0Fu) << 4);
        x = ((x >> 8) & 0x00FF00FFu) | ((x & 0x00FF00FFu) << 8);
        return new((x >> 16) | (x << 16));
    }

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
    public static UInt32x1 Load(uint* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(UInt32x1 value, uint* target) => *target = value.v;
}
