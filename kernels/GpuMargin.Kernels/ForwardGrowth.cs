using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Growth of prices, forwards and discount factors under the shocks of a scenario.</summary>
static class ForwardGrowth
{
    /// <summary>e^±x, or e^±x − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x, bool negate, bool lessOne)
        where T : unmanaged, ILane<T>
    {
        T y = negate ? -x : x;
        return lessOne ? Elementary.Expm1(y) : Elementary.Exp(y);
    }

    /// <summary>Log-return of a forward, x + Δr·T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogReturn<T>(T x, T rate, T years)
        where T : unmanaged, ILane<T> =>
        T.Fma(rate, years, x);

    /// <summary>Move of the forward of an additive price over its carry: ((S + x)·e^(Δr·T) − S).</summary>
    /// <param name="level">S.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Move<T>(T x, T rate, T years, T level)
        where T : unmanaged, ILane<T> =>
        T.Fma(level + x, Elementary.Expm1(rate * years), x);

    /// <summary>Growth of a discount factor, e^(−Δr·T): of an option's strike leg, and of a coin-margined option's asset leg.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Discount<T>(T rate, T years)
        where T : unmanaged, ILane<T> =>
        Elementary.Exp(-(rate * years));

    /// <summary>The same less one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T DiscountLessOne<T>(T rate, T years)
        where T : unmanaged, ILane<T> =>
        Elementary.Expm1(-(rate * years));

    /// <summary>Growth of a discount factor over that of the forward: of a coin-margined option's strike leg.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T DiscountInCoin<T>(T rate, T years, T logReturn)
        where T : unmanaged, ILane<T> =>
        Elementary.Exp(T.Fma(-rate, years, -logReturn));
}
