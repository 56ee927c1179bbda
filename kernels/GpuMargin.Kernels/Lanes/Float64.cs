using System;
using System.Runtime.CompilerServices;

namespace GpuMargin.Kernels.Lanes;

/// <summary>One double-precision scenario: the lane every processor has, and the host's arithmetic for plans.</summary>
readonly unsafe struct Float64 : IHostLane<Float64>
{
    readonly double v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Float64(double v) => this.v = v;

    public static int Width => 1;

    public static bool IsSingle => false;

    public static int SignificandBits => 52;

    public double Value => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Of(double x) => new(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator +(Float64 a, Float64 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator -(Float64 a, Float64 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator -(Float64 a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator *(Float64 a, Float64 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator /(Float64 a, Float64 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Fma(Float64 a, Float64 b, Float64 c) => new(Math.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Fnma(Float64 a, Float64 b, Float64 c) => new(Math.FusedMultiplyAdd(-a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Sqrt(Float64 a) => new(Math.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Abs(Float64 a) => new(Math.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 SelectGreater(Float64 a, Float64 b, Float64 then, Float64 otherwise) => a.v > b.v ? then : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 CopySign(Float64 magnitude, Float64 sign) =>
        FromBits((Bits(magnitude) & 0x7FFFFFFFFFFFFFFFul) | (Bits(sign) & ~0x7FFFFFFFFFFFFFFFul));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 ScaleBits(Float64 x, Float64 shifted) => FromBits(Bits(x) + (Bits(shifted) << 52));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Exponent(Float64 x) => new((int)(Bits(x) >> 52) - 1023);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Significand(Float64 x) => FromBits((Bits(x) & 0x000FFFFFFFFFFFFFul) | 0x3FF0000000000000ul);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 TruncateSignificand(Float64 x, int kept) => FromBits(Bits(x) & (0xFFFFFFFFFFFFFFFFul << (52 - kept)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 ShiftRightBits(Float64 x, int count) => FromBits(Bits(x) >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 AddBits(Float64 x, int addend) => FromBits(Bits(x) + (ulong)addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Load(void* source, nint element) => new(((double*)source)[element]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Float64 value, void* target, nint element) => ((double*)target)[element] = value.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Broadcast(void* source, nint element) => new(((double*)source)[element]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 GatherRows(void* table, Float64 rowBits) => new(((double*)table)[8 * (nint)Bits(rowBits)]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FromWords(uint* words, out Float64 sign)
    {
        sign = FromBits((ulong)*words << 32);
        return new((int)(*words & 0x7FFFFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Float64 addend, double* sums) => *sums += addend.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WidenTo(Float64 value, double* sums) => *sums = 0.0 + value.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Bits(Float64 x) => BitConverter.DoubleToUInt64Bits(x.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Float64 FromBits(ulong bits) => new(BitConverter.UInt64BitsToDouble(bits));
}
