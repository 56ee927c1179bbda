using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Kernels.Lanes;

/// <summary>Eight single-precision scenarios in a 256-bit register.</summary>
readonly unsafe struct Float32x8 : IHostLane<Float32x8>
{
    readonly Vector256<float> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Float32x8(Vector256<float> v) => this.v = v;

    public static int Width => 8;

    public static bool IsSingle => true;

    public static int SignificandBits => 23;

    public static bool IsSupported => Vector256.IsHardwareAccelerated && Avx2.IsSupported && System.Runtime.Intrinsics.X86.Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Of(double x) => new(Vector256.Create((float)x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator +(Float32x8 a, Float32x8 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator -(Float32x8 a, Float32x8 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator -(Float32x8 a) => new(a.v ^ Vector256.Create(-0f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator *(Float32x8 a, Float32x8 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator /(Float32x8 a, Float32x8 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Fma(Float32x8 a, Float32x8 b, Float32x8 c) => new(Vector256.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Fnma(Float32x8 a, Float32x8 b, Float32x8 c) => new(System.Runtime.Intrinsics.X86.Fma.MultiplyAddNegated(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Sqrt(Float32x8 a) => new(Vector256.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Abs(Float32x8 a) => new(Vector256.AndNot(a.v, Vector256.Create(-0f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 SelectGreater(Float32x8 a, Float32x8 b, Float32x8 then, Float32x8 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(a.v, b.v), then.v, otherwise.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 CopySign(Float32x8 magnitude, Float32x8 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign.v, magnitude.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 ScaleBits(Float32x8 x, Float32x8 shifted) =>
        new((x.v.AsUInt32() + (shifted.v.AsUInt32() << 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Exponent(Float32x8 x) =>
        new(Vector256.ConvertToSingle((x.v.AsUInt32() >>> 23).AsInt32() - Vector256.Create(127)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Significand(Float32x8 x) =>
        new(((x.v.AsUInt32() & Vector256.Create(0x007FFFFFu)) | Vector256.Create(0x3F800000u)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 TruncateSignificand(Float32x8 x, int kept) =>
        new((x.v.AsUInt32() & Vector256.Create(0xFFFFFFFFu << (23 - kept))).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 ShiftRightBits(Float32x8 x, int count) => new((x.v.AsUInt32() >>> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 AddBits(Float32x8 x, int addend) =>
        new((x.v.AsInt32() + Vector256.Create(addend)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Load(void* source, nint element) => new(Avx.LoadVector256((float*)source + element));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Float32x8 value, void* target, nint element) => Avx.Store((float*)target + element, value.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Broadcast(void* source, nint element) => new(Vector256.Create(((float*)source)[element]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 GatherRows(void* table, Float32x8 rowBits)
    {
        return new(Avx2.GatherVector256((float*)table, rowBits.v.AsInt32() << 3, 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FromWords(uint* words, out Float32x8 sign)
    {
        Vector256<uint> w = Avx.LoadVector256(words);
        sign = new(w.AsSingle());
        return new(Vector256.ConvertToSingle((w & Vector256.Create(0x7FFFFFFFu)).AsInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Float32x8 addend, double* sums)
    {
        Avx.Store(sums, Avx.LoadVector256(sums) + Avx.ConvertToVector256Double(addend.v.GetLower()));
        Avx.Store(sums + 4, Avx.LoadVector256(sums + 4) + Avx.ConvertToVector256Double(addend.v.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WidenTo(Float32x8 value, double* sums)
    {
        Avx.Store(sums, Vector256<double>.Zero + Avx.ConvertToVector256Double(value.v.GetLower()));
        Avx.Store(sums + 4, Vector256<double>.Zero + Avx.ConvertToVector256Double(value.v.GetUpper()));
    }
}
