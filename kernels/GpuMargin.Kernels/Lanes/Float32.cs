using System;
using System.Runtime.CompilerServices;

namespace GpuMargin.Kernels.Lanes;

/// <summary>One single-precision scenario: the lane every processor has.</summary>
readonly unsafe struct Float32 : IHostLane<Float32>
{
    readonly float v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Float32(float v) => this.v = v;

    public static int Width => 1;

    public static bool IsSingle => true;

    public static int SignificandBits => 23;

    public float Value => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Of(double x) => new((float)x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator +(Float32 a, Float32 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator -(Float32 a, Float32 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator -(Float32 a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator *(Float32 a, Float32 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator /(Float32 a, Float32 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Fma(Float32 a, Float32 b, Float32 c) => new(MathF.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Fnma(Float32 a, Float32 b, Float32 c) => new(MathF.FusedMultiplyAdd(-a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Sqrt(Float32 a) => new(MathF.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Abs(Float32 a) => new(MathF.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 SelectGreater(Float32 a, Float32 b, Float32 then, Float32 otherwise) => a.v > b.v ? then : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 CopySign(Float32 magnitude, Float32 sign) =>
        FromBits((Bits(magnitude) & 0x7FFFFFFFu) | (Bits(sign) & ~0x7FFFFFFFu));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 ScaleBits(Float32 x, Float32 shifted) => FromBits(Bits(x) + (Bits(shifted) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Exponent(Float32 x) => new((int)(Bits(x) >> 23) - 127);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Significand(Float32 x) => FromBits((Bits(x) & 0x007FFFFFu) | 0x3F800000u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 TruncateSignificand(Float32 x, int kept) => FromBits(Bits(x) & (0xFFFFFFFFu << (23 - kept)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 ShiftRightBits(Float32 x, int count) => FromBits(Bits(x) >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 AddBits(Float32 x, int addend) => FromBits(Bits(x) + (uint)addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Load(void* source, nint element) => new(((float*)source)[element]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Float32 value, void* target, nint element) => ((float*)target)[element] = value.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Broadcast(void* source, nint element) => new(((float*)source)[element]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 GatherRows(void* table, Float32 rowBits) => new(((float*)table)[8 * (nint)Bits(rowBits)]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FromWords(uint* words, out Float32 sign)
    {
        sign = FromBits(*words);
        return new((int)(*words & 0x7FFFFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Float32 addend, double* sums) => *sums += addend.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WidenTo(Float32 value, double* sums) => *sums = 0.0 + value.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Bits(Float32 x) => BitConverter.SingleToUInt32Bits(x.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Float32 FromBits(uint bits) => new(BitConverter.UInt32BitsToSingle(bits));
}
