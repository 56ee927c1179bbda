using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Kernels.Lanes;

/// <summary>16 words in a 512-bit register.</summary>
readonly unsafe struct UInt32x16 : IHostWordLane<UInt32x16>
{
    readonly Vector512<uint> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    UInt32x16(Vector512<uint> v) => this.v = v;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 Of(uint x) => new(Vector512.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 operator ^(UInt32x16 a, UInt32x16 b) => new(a.v ^ b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 operator +(UInt32x16 a, UInt32x16 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 operator *(UInt32x16 a, UInt32x16 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 ReverseBits(UInt32x16 a)
    {
        Vector512<uint> x = a.v;
        Vector512<uint> ones = Vector512.Create(0x55555555u);
        x = ((x >>> 1) & ones) | ((x & ones) << 1);
        Vector512<uint> pairs = Vector512.Create(0x33333333u);
        x = ((x >>> 2) & pairs) | ((x & pairs) << 2);
        Vector512<uint> nibbles = Vector512.Create(0x0F0F0F0Fu);
        x = ((x >>> 4) & nibbles) | ((x & nibbles) << 4);
        Vector512<uint> bytes = Vector512.Create(0x00FF00FFu);
        x = ((x >>> 8) & bytes) | ((x & bytes) << 8);
        return new((x >>> 16) | (x << 16));
    }

    // The instruction multiplies even positions into 64 bits: once as they are, once with the odd ones shifted down.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(UInt32x16 a, uint b, out UInt32x16 high, out UInt32x16 low)
    {
        Vector512<uint> factor = Vector512.Create(b);
        Vector512<ulong> even = Avx512F.Multiply(a.v, factor);
        Vector512<ulong> odd = Avx512F.Multiply((a.v.AsUInt64() >>> 32).AsUInt32(), factor);
        Vector512<uint> oddPositions = Vector512.Create(0xFFFFFFFF00000000ul).AsUInt32();
        high = new(Vector512.ConditionalSelect(oddPositions, odd.AsUInt32(), (even >>> 32).AsUInt32()));
        low = new(Vector512.ConditionalSelect(oddPositions, (odd << 32).AsUInt32(), even.AsUInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 Sequence(uint first) => new(Vector512<uint>.Indices + Vector512.Create(first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 Load(uint* source) => new(Avx512F.LoadVector512(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(UInt32x16 value, uint* target) => Avx512F.Store(target, value.v);
}
