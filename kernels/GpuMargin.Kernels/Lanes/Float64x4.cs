using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Kernels.Lanes;

/// <summary>Four double-precision scenarios in a 256-bit register.</summary>
readonly unsafe struct Float64x4 : IHostLane<Float64x4>
{
    readonly Vector256<double> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Float64x4(Vector256<double> v) => this.v = v;

    public static int Width => 4;

    public static bool IsSingle => false;

    public static int SignificandBits => 52;

    public static bool IsSupported => Float32x8.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Of(double x) => new(Vector256.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator +(Float64x4 a, Float64x4 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator -(Float64x4 a, Float64x4 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator -(Float64x4 a) => new(a.v ^ Vector256.Create(-0d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator *(Float64x4 a, Float64x4 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator /(Float64x4 a, Float64x4 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Fma(Float64x4 a, Float64x4 b, Float64x4 c) => new(Vector256.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Fnma(Float64x4 a, Float64x4 b, Float64x4 c) => new(System.Runtime.Intrinsics.X86.Fma.MultiplyAddNegated(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Sqrt(Float64x4 a) => new(Vector256.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Abs(Float64x4 a) => new(Vector256.AndNot(a.v, Vector256.Create(-0d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 SelectGreater(Float64x4 a, Float64x4 b, Float64x4 then, Float64x4 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(a.v, b.v), then.v, otherwise.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 CopySign(Float64x4 magnitude, Float64x4 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0d), sign.v, magnitude.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 ScaleBits(Float64x4 x, Float64x4 shifted) =>
        new((x.v.AsUInt64() + (shifted.v.AsUInt64() << 52)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Exponent(Float64x4 x) =>
        new(((x.v.AsUInt64() >>> 52) | Vector256.Create(0x4330000000000000ul)).AsDouble() - Vector256.Create(4503599627370496d + 1023d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Significand(Float64x4 x) =>
        new(((x.v.AsUInt64() & Vector256.Create(0x000FFFFFFFFFFFFFul)) | Vector256.Create(0x3FF0000000000000ul)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 TruncateSignificand(Float64x4 x, int kept) =>
        new((x.v.AsUInt64() & Vector256.Create(0xFFFFFFFFFFFFFFFFul << (52 - kept))).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 ShiftRightBits(Float64x4 x, int count) => new((x.v.AsUInt64() >>> count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 AddBits(Float64x4 x, int addend) =>
        new((x.v.AsInt64() + Vector256.Create((long)addend)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Load(void* source, nint element) => new(Avx.LoadVector256((double*)source + element));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Float64x4 value, void* target, nint element) => Avx.Store((double*)target + element, value.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Broadcast(void* source, nint element) => new(Vector256.Create(((double*)source)[element]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 GatherRows(void* table, Float64x4 rowBits)
    {
        return new(Avx2.GatherVector256((double*)table, rowBits.v.AsInt64() << 3, 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 FromWords(uint* words, out Float64x4 sign)
    {
        Vector128<uint> w = Vector128.Load(words);
        sign = new((Avx2.ConvertToVector256Int64(w).AsUInt64() << 32).AsDouble());
        return new(Avx.ConvertToVector256Double((w & Vector128.Create(0x7FFFFFFFu)).AsInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Float64x4 addend, double* sums) => Avx.Store(sums, Avx.LoadVector256(sums) + addend.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WidenTo(Float64x4 value, double* sums) => Avx.Store(sums, Vector256<double>.Zero + value.v);
}
