using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Kernels.Lanes;

/// <summary>16 words in a 512-bit register.</summary>
public readonly unsafe struct UInt32x16 : IHostWordLane<UInt32x16>
{
    readonly Vector512<uint> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    UInt32x16(Vector512<uint> v) => this.v = v;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 Of(uint x) => new(Vector512.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt32x16 operator ^(UInt32x16 a, UInt32x16 b) => new(a.v ^ b.v);

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
    public static void Store(UInt32x16 value, uint* target) => value.v.Store(target);
}
