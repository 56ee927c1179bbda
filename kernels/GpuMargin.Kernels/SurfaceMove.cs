using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Move of the logarithm of an option's volatility on a surface: Σ lⱼ·xⱼ + ½·ln(w(k − β·f)/w(k)).</summary>
/// <remarks>
/// lⱼ are the loadings on up to four pivots' shocks xⱼ, w the total variance of the smile at the option's expiry, k its log-moneyness ln(K/F), f the log-return of
/// the forward and β the stickiness. Without shocks it is zero.
/// </remarks>
readonly struct SurfaceMove<T>
    where T : unmanaged, ILane<T>
{
    readonly T first, second, third, fourth;
    readonly T stickiness;
    readonly SmileMove<T> before, after;
    readonly int slices;

    /// <param name="first">A pivot's loading; zero of none, here and below.</param>
    /// <param name="stickiness">β.</param>
    /// <param name="before">Slice of the expiry before the option's, or the only one.</param>
    /// <param name="after">Slice of the expiry after it.</param>
    /// <param name="slices">Slices that the option reads; 0: a move of the forward leaves its volatility.</param>
    public SurfaceMove(T first, T second, T third, T fourth, T stickiness, SmileMove<T> before, SmileMove<T> after, int slices)
    {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
        this.stickiness = stickiness;
        this.before = before;
        this.after = after;
        this.slices = slices;
    }

    /// <summary>Whether it reads the forward.</summary>
    public bool IsSticky => slices > 0;

    /// <summary>Σ lⱼ·xⱼ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OfPivots(T x1, T x2, T x3, T x4) => SurfaceMove.OfPivots(first, x1, second, x2, third, x3, fourth, x4);

    /// <summary>The whole move.</summary>
    /// <param name="pivots">Σ lⱼ·xⱼ.</param>
    /// <param name="forward">f.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T With(T pivots, T forward)
    {
        T move = SurfaceMove.OfMoneyness(stickiness, forward);
        T growth;
        if (slices > 1)
        {
            growth = before.Change(after, move);
        }
        else
        {
            growth = before.Change(move);
        }

        return SurfaceMove.With(pivots, growth);
    }
}

/// <summary>The parts of <see cref="SurfaceMove{T}"/>.</summary>
static class SurfaceMove
{
    /// <summary>Least growth of the total variance.</summary>
    public const double Least = 1e-6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfPivots<T>(T first, T x1, T second, T x2, T third, T x3, T fourth, T x4)
        where T : unmanaged, ILane<T> => T.Fma(fourth, x4, T.Fma(third, x3, T.Fma(second, x2, first * x1)));

    /// <summary>−β·f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfMoneyness<T>(T stickiness, T forward)
        where T : unmanaged, ILane<T> => -(stickiness * forward);

    /// <param name="growth">Change of the total variance, a share of today's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T With<T>(T pivots, T growth)
        where T : unmanaged, ILane<T>
    {
        T grown = growth + T.Of(1);
        grown = T.SelectGreater(grown, T.Of(Least), grown, T.Of(Least));
        return T.Fma(T.Of(0.5), Elementary.Log(grown), pivots);
    }
}
