using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Kernels.Lanes;

/// <summary>Eight double-precision scenarios in a 512-bit register.</summary>
readonly unsafe struct Float64x8 : IHostLane<Float64x8>
{
    readonly Vector512<double> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Float64x8(Vector512<double> v) => this.v = v;

    public static int Width => 8;

    public static bool IsSingle => false;

    public static int SignificandBits => 52;

    public static bool IsSupported => Float32x16.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Of(double x) => new(Vector512.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator +(Float64x8 a, Float64x8 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator -(Float64x8 a, Float64x8 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator -(Float64x8 a) => new(a.v ^ Vector512.Create(-0d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator *(Float64x8 a, Float64x8 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator /(Float64x8 a, Float64x8 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Fma(Float64x8 a, Float64x8 b, Float64x8 c) => new(Vector512.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Fnma(Float64x8 a, Float64x8 b, Float64x8 c) => new(Avx512F.FusedMultiplyAddNegated(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Sqrt(Float64x8 a) => new(Vector512.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Abs(Float64x8 a) => new(Vector512.AndNot(a.v, Vector512.Create(-0d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 SelectGreater(Float64x8 a, Float64x8 b, Float64x8 then, Float64x8 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a.v, b.v), then.v, otherwise.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 CopySign(Float64x8 magnitude, Float64x8 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0d), sign.v, magnitude.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 ScaleBits(Float64x8 x, Float64x8 shifted) =>
        new((x.v.AsUInt64() + (shifted.v.AsUInt64() << 52)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Exponent(Float64x8 x) =>
        new(((x.v.AsUInt64() >>> 52) | Vector512.Create(0x4330000000000000ul)).AsDouble() - Vector512.Create(4503599627370496d + 1023d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Significand(Float64x8 x) =>
        new(((x.v.AsUInt64() & Vector512.Create(0x000FFFFFFFFFFFFFul)) | Vector512.Create(0x3FF0000000000000ul)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 TruncateSignificand(Float64x8 x, int kept) =>
        new((x.v.AsUInt64() & Vector512.Create(0xFFFFFFFFFFFFFFFFul << (52 - kept))).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 ShiftRightBits(Float64x8 x, int count) => new((x.v.AsUInt64() >>> count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 AddBits(Float64x8 x, int addend) =>
        new((x.v.AsInt64() + Vector512.Create((long)addend)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Load(void* source, nint element) => new(Avx512F.LoadVector512((double*)source + element));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Float64x8 value, void* target, nint element) => Avx512F.Store((double*)target + element, value.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Broadcast(void* source, nint element) => new(Vector512.Create(((double*)source)[element]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 GatherRows(void* table, Float64x8 rowBits)
    {
        Vector512<long> index = rowBits.v.AsInt64() << 3;
        return new(Avx2.GatherVector256((double*)table, index.GetLower(), 8)
            .ToVector512Unsafe()
            .WithUpper(Avx2.GatherVector256((double*)table, index.GetUpper(), 8)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FromWords(uint* words, out Float64x8 sign)
    {
        Vector256<uint> w = Avx.LoadVector256(words);
        sign = new((Avx512F.ConvertToVector512UInt64(w) << 32).AsDouble());
        return new(Avx512F.ConvertToVector512Double((w & Vector256.Create(0x7FFFFFFFu)).AsInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Float64x8 addend, double* sums) => Avx512F.Store(sums, Avx512F.LoadVector512(sums) + addend.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WidenTo(Float64x8 value, double* sums) => Avx512F.Store(sums, Vector512<double>.Zero + value.v);
}
