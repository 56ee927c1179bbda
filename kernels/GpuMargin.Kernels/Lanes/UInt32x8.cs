using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Kernels.Lanes;

/// <summary>8 words in a 256-bit register.</summary>
readonly unsafe struct UInt32x8 : IHostWordLane<UInt32x8>
{
    readonly Vector256<uint> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    UInt32x8(Vector256<uint> v) => this.v = v;

    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x8 Of(uint x) => new(Vector256.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x8 operator ^(UInt32x8 a, UInt32x8 b) => new(a.v ^ b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x8 operator +(UInt32x8 a, UInt32x8 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x8 operator *(UInt32x8 a, UInt32x8 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x8 ReverseBits(UInt32x8 a)
    {
        Vector256<uint> x = a.v;
        Vector256<uint> ones = Vector256.Create(0x55555555u);
        x = ((x >>> 1) & ones) | ((x & ones) << 1);
        Vector256<uint> pairs = Vector256.Create(0x33333333u);
        x = ((x >>> 2) & pairs) | ((x & pairs) << 2);
        Vector256<uint> nibbles = Vector256.Create(0x0F0F0F0Fu);
        x = ((x >>> 4) & nibbles) | ((x & nibbles) << 4);
        Vector256<uint> bytes = Vector256.Create(0x00FF00FFu);
        x = ((x >>> 8) & bytes) | ((x & bytes) << 8);
        return new((x >>> 16) | (x << 16));
    }

    // The instruction multiplies even positions into 64 bits: once as they are, once with the odd ones shifted down.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(UInt32x8 a, uint b, out UInt32x8 high, out UInt32x8 low)
    {
        Vector256<uint> factor = Vector256.Create(b);
        Vector256<ulong> even = Avx2.Multiply(a.v, factor);
        Vector256<ulong> odd = Avx2.Multiply((a.v.AsUInt64() >>> 32).AsUInt32(), factor);
        Vector256<uint> oddPositions = Vector256.Create(0xFFFFFFFF00000000ul).AsUInt32();
        high = new(Vector256.ConditionalSelect(oddPositions, odd.AsUInt32(), (even >>> 32).AsUInt32()));
        low = new(Vector256.ConditionalSelect(oddPositions, (odd << 32).AsUInt32(), even.AsUInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x8 Sequence(uint first) => new(Vector256<uint>.Indices + Vector256.Create(first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x8 Load(uint* source) => new(Avx.LoadVector256(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(UInt32x8 value, uint* target) => Avx.Store(target, value.v);
}
