using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Tests.Kernels;

readonly struct ExpFunction : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = Elementary.Exp(x[0]);
}

readonly struct Expm1Function : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = Elementary.Expm1(x[0]);
}

readonly struct LogFunction : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = Elementary.Log(x[0]);
}

readonly struct DensityFunction : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = NormalDistribution.Density(x[0]);
}

readonly struct CumulativeFunction : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = NormalDistribution.Cumulative(x[0]);
}

readonly struct LowerQuantileFunction : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = NormalDistribution.LowerQuantile(x[0]);
}

/// <summary>Inputs: magnitude, sign.</summary>
readonly struct FromWordFunction : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = NormalVariate.FromWord(x[0], x[1]);
}

/// <summary>Inputs: innovation, mean, ω, α, α + γ, β, variance, shock; outputs: variance, shock.</summary>
readonly struct GarchStepFunction : ILaneFunction
{
    public static int Outputs => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T>
    {
        T variance = x[6];
        T shock = x[7];
        GarchStep.Advance(x[0], x[1], x[2], x[3], x[4], x[5], T.Of(GarchStep.ShockBound), ref variance, ref shock);
        y[0] = variance;
        y[1] = shock;
    }
}

/// <summary>Inputs: ln(A/B), ±A, ±B, ±σ√T/2, ±1/σ√T, today's value.</summary>
readonly struct OptionChangeFunction : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = OptionChange.Change(x[0], x[1], x[2], x[3], x[4], x[5]);
}

/// <summary>Inputs: growth, scale, carry, rate, value, rate change; outputs: change, converted change.</summary>
readonly struct DeltaOneChangeFunction : ILaneFunction
{
    public static int Outputs => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T>
    {
        y[0] = DeltaOneChange.Change(x[0], x[1], x[2]);
        y[1] = DeltaOneChange.Convert(y[0], x[3], x[4], x[5]);
    }
}

/// <summary>Inputs: partial sum, quantity, change.</summary>
readonly struct PositionSumFunction : ILaneFunction
{
    public static int Outputs => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T> => y[0] = PositionSum.Add(x[0], x[1], x[2]);
}

/// <summary>Every arithmetic member of a lane that takes any number; inputs: a, b, c.</summary>
readonly struct ArithmeticFunction : ILaneFunction
{
    public static int Outputs => 13;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T>
    {
        (T a, T b, T c) = (x[0], x[1], x[2]);
        y[0] = a + b;
        y[1] = a - b;
        y[2] = -a;
        y[3] = a * b;
        y[4] = a / b;
        y[5] = T.Fma(a, b, c);
        y[6] = T.Sqrt(T.Abs(a));
        y[7] = T.Abs(a);
        y[8] = T.SelectGreater(a, b, c, a);
        y[9] = T.CopySign(a, b);
        y[10] = T.TruncateSignificand(a, 5);
        y[11] = T.ShiftRightBits(a, T.SignificandBits - 4);
        y[12] = T.AddBits(T.AddBits(a, -1000), 77);
    }
}

/// <summary>Members that want a positive normal number and a small integer; inputs: x, n.</summary>
readonly struct ExponentFunction : ILaneFunction
{
    public static int Outputs => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T>
    {
        y[0] = T.Exponent(x[0]);
        y[1] = T.Significand(x[0]);
        y[2] = T.ScaleBits(y[1], x[1] + T.Of(T.IsSingle ? 12582912.0 : 6755399441055744.0)); // 1.5·2^23, 1.5·2^52
    }
}
