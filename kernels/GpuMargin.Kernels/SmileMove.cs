using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Change of one slice's share of an option's total variance when its log-moneyness moves: (w(k + δ) − w(k))/W, w = a + b·(ρ·u + √(u² + σ²)), u = k − m.</summary>
/// <remarks>√ is taken as a difference, (u' + u)·δ/(√' + √), so that a small move loses nothing and none is exactly zero.</remarks>
readonly struct SmileMove<T>
    where T : unmanaged, ILane<T>
{
    readonly T slope;
    readonly T wing;
    readonly T distance;
    readonly T radius;
    readonly T width;

    /// <param name="slope">b·ρ/W, W the option's total variance today.</param>
    /// <param name="wing">b/W.</param>
    /// <param name="distance">u today.</param>
    /// <param name="radius">√(u² + σ²) today, above zero.</param>
    /// <param name="width">σ².</param>
    public SmileMove(T slope, T wing, T distance, T radius, T width)
    {
        this.slope = slope;
        this.wing = wing;
        this.distance = distance;
        this.radius = radius;
        this.width = width;
    }

    /// <param name="move">δ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change(T move)
    {
        T grown = Growth(move, out T divisor) / divisor;
        return T.Fma(slope, move, grown);
    }

    /// <summary>The same of two slices together, with one division.</summary>
    /// <param name="move">δ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change(SmileMove<T> other, T move)
    {
        T growth = Growth(move, out T divisor), others = other.Growth(move, out T othersDivisor);
        T grown = T.Fma(growth, othersDivisor, others * divisor) / (divisor * othersDivisor);
        return T.Fma(slope + other.slope, move, grown);
    }

    // wing·(√' − √), times the divisor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T Growth(T move, out T divisor)
    {
        T moved = distance + move;
        divisor = T.Sqrt(T.Fma(moved, moved, width)) + radius;
        return wing * ((moved + distance) * move);
    }
}
