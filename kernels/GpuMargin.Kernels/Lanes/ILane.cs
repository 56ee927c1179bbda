namespace GpuMargin.Kernels.Lanes;

/// <summary>
/// One or more independent IEEE 754 numbers that kernels compute on side by side. Every member rounds as the standard
/// says, so a scenario's bits do not depend on the width of the lane that carried it.
/// </summary>
/// <remarks>
/// A value can also carry raw bits: an unsigned integer of the element's size, made and consumed by the members whose
/// name ends in <c>Bits</c>. Loads and stores are the driver's business: device lanes have none.
/// </remarks>
interface ILane<T> : IMultiplyAdd<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Number of scenarios carried.</summary>
    static abstract int Width { get; }

    /// <summary>Binary32 elements; binary64 otherwise. A compile-time constant of the lane.</summary>
    static abstract bool IsSingle { get; }

    /// <summary>Explicit bits of the significand: 23 or 52.</summary>
    static abstract int SignificandBits { get; }

    /// <summary>The nearest element to <paramref name="x"/> in every position.</summary>
    static abstract T Of(double x);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator -(T a);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    /// <summary>c − a·b, rounded once.</summary>
    static abstract T Fnma(T a, T b, T c);

    static abstract T Sqrt(T a);

    static abstract T Abs(T a);

    /// <summary>a &gt; b ? then : otherwise, bit for bit.</summary>
    static abstract T SelectGreater(T a, T b, T then, T otherwise);

    /// <summary>The magnitude of the first with the sign bit of the second.</summary>
    static abstract T CopySign(T magnitude, T sign);

    /// <summary>x·2ⁿ, n the low bits of <paramref name="shifted"/>; x and the result normal.</summary>
    /// <remarks>Adding 1.5·2^<see cref="SignificandBits"/> to a small number leaves its nearest integer in the low bits.</remarks>
    static abstract T ScaleBits(T x, T shifted);

    /// <summary>⌊log2 x⌋ as a number; x normal and positive.</summary>
    static abstract T Exponent(T x);

    /// <summary>x·2^−⌊log2 x⌋ in [1, 2); x normal and positive.</summary>
    static abstract T Significand(T x);

    /// <summary>x with only the leading <paramref name="kept"/> explicit significand bits.</summary>
    static abstract T TruncateSignificand(T x, int kept);

    /// <summary>The bits of x shifted right: a logarithmic cell number for x &gt; 0.</summary>
    static abstract T ShiftRightBits(T x, int count);

    /// <summary>Integer sum of raw bits and a constant.</summary>
    static abstract T AddBits(T x, int addend);
}
