using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Kernels.Lanes;

/// <summary>Sixteen single-precision scenarios in a 512-bit register.</summary>
readonly unsafe struct Float32x16 : IHostLane<Float32x16>
{
    readonly Vector512<float> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Float32x16(Vector512<float> v) => this.v = v;

    public static int Width => 16;

    public static bool IsSingle => true;

    public static int SignificandBits => 23;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512DQ.IsSupported && Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Of(double x) => new(Vector512.Create((float)x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator +(Float32x16 a, Float32x16 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator -(Float32x16 a, Float32x16 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator -(Float32x16 a) => new(a.v ^ Vector512.Create(-0f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator *(Float32x16 a, Float32x16 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator /(Float32x16 a, Float32x16 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Fma(Float32x16 a, Float32x16 b, Float32x16 c) => new(Vector512.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Fnma(Float32x16 a, Float32x16 b, Float32x16 c) => new(Avx512F.FusedMultiplyAddNegated(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Sqrt(Float32x16 a) => new(Vector512.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Abs(Float32x16 a) => new(Vector512.AndNot(a.v, Vector512.Create(-0f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 SelectGreater(Float32x16 a, Float32x16 b, Float32x16 then, Float32x16 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a.v, b.v), then.v, otherwise.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 CopySign(Float32x16 magnitude, Float32x16 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign.v, magnitude.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 ScaleBits(Float32x16 x, Float32x16 shifted) =>
        new((x.v.AsUInt32() + (shifted.v.AsUInt32() << 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Exponent(Float32x16 x) =>
        new(Vector512.ConvertToSingle((x.v.AsUInt32() >>> 23).AsInt32() - Vector512.Create(127)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Significand(Float32x16 x) =>
        new(((x.v.AsUInt32() & Vector512.Create(0x007FFFFFu)) | Vector512.Create(0x3F800000u)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 TruncateSignificand(Float32x16 x, int kept) =>
        new((x.v.AsUInt32() & Vector512.Create(0xFFFFFFFFu << (23 - kept))).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 ShiftRightBits(Float32x16 x, int count) => new((x.v.AsUInt32() >>> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 AddBits(Float32x16 x, int addend) =>
        new((x.v.AsInt32() + Vector512.Create(addend)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Load(void* source, nint element) => new(Avx512F.LoadVector512((float*)source + element));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Float32x16 value, void* target, nint element) => Avx512F.Store((float*)target + element, value.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Broadcast(void* source, nint element) => new(Vector512.Create(((float*)source)[element]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 GatherRows(void* table, Float32x16 rowBits)
    {
        Vector512<int> index = rowBits.v.AsInt32() << 3;
        return new(Avx2.GatherVector256((float*)table, index.GetLower(), 4)
            .ToVector512Unsafe()
            .WithUpper(Avx2.GatherVector256((float*)table, index.GetUpper(), 4)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 FromWords(uint* words, out Float32x16 sign)
    {
        Vector512<uint> w = Avx512F.LoadVector512(words);
        sign = new(w.AsSingle());
        return new(Vector512.ConvertToSingle((w & Vector512.Create(0x7FFFFFFFu)).AsInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Float32x16 addend, double* sums)
    {
        Avx512F.Store(sums, Avx512F.LoadVector512(sums) + Avx512F.ConvertToVector512Double(addend.v.GetLower()));
        Avx512F.Store(sums + 8, Avx512F.LoadVector512(sums + 8) + Avx512F.ConvertToVector512Double(addend.v.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WidenTo(Float32x16 value, double* sums)
    {
        Avx512F.Store(sums, Vector512<double>.Zero + Avx512F.ConvertToVector512Double(value.v.GetLower()));
        Avx512F.Store(sums + 8, Vector512<double>.Zero + Avx512F.ConvertToVector512Double(value.v.GetUpper()));
    }
}
