using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Change in value of spots, futures and perpetuals, coin-margined ones included, and conversion to run currency.</summary>
static class DeltaOneChange
{
    /// <summary>scale·(e^±y − 1) + carry; of an additive price scale·move + carry.</summary>
    /// <param name="growth">expm1 of the forward's shock, or of its negative for an inverse contract; the move of an additive price.</param>
    /// <param name="scale">m·F today (spot: m·S), or −m/F for an inverse contract, or m·F/S of an additive price; currency of the instrument.</param>
    /// <param name="carry">What passes without a shock, from ageing the forward.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Change<T>(T growth, T scale, T carry)
        where T : unmanaged, ILane<T> =>
        T.Fma(scale, growth, carry);

    /// <summary>P&amp;L in run currency: change·fx' + value·(fx' − fx).</summary>
    /// <param name="change">Change in the instrument's currency.</param>
    /// <param name="rate">fx', run currency per unit in the scenario.</param>
    /// <param name="value">Today's value in the instrument's currency of what is held; zero for what is settled.</param>
    /// <param name="rateChange">fx' − fx.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Convert<T>(T change, T rate, T value, T rateChange)
        where T : unmanaged, ILane<T> =>
        T.Fma(change, rate, value * rateChange);
}
