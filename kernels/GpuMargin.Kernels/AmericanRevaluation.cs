using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>P&amp;L of one American option in run currency from the shocks alone.</summary>
readonly struct AmericanRevaluation<T>
    where T : unmanaged, ILane<T>
{
    readonly OptionLegs<T> legs;
    readonly AmericanTerms<T> terms;
    readonly T value;
    readonly T years;
    readonly T gearing;
    readonly int escrowed;
    readonly T fxRate;
    readonly int onFuture;
    readonly int fxReciprocal;

    /// <param name="value">Today's, per contract; instrument's currency.</param>
    /// <param name="years">To expiry at the revaluation date.</param>
    /// <param name="gearing">S/S* of an underlying with cash dividends.</param>
    /// <param name="escrowed">Whether it has any.</param>
    /// <param name="fxRate">Today's run currency per unit of the instrument's.</param>
    /// <param name="onFuture">Whether the underlying is a forward, which a rate does not move.</param>
    public AmericanRevaluation(OptionLegs<T> legs, AmericanTerms<T> terms, T value, T years, T gearing, bool escrowed, T fxRate, bool onFuture, bool fxReciprocal)
    {
        this.legs = legs;
        this.terms = terms;
        this.value = value;
        this.years = years;
        this.gearing = gearing;
        this.escrowed = escrowed ? 1 : 0;
        this.fxRate = fxRate;
        this.onFuture = onFuture ? 1 : 0;
        this.fxReciprocal = fxReciprocal ? 1 : 0;
    }

    /// <param name="underlying">Shock of the price factor; the other shocks are zero where there is no such factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ProfitAndLoss<TPremiums>(TPremiums premiums, T underlying, T rate, T volatility, T fx)
        where TPremiums : struct, IPremiums<T>
    {
        T own = underlying;
        T growth;
        if (escrowed != 0)
        {
            own = EscrowedReturn.Log(underlying, gearing);
            growth = EscrowedReturn.Growth(underlying, gearing);
        }
        else
        {
            growth = Elementary.Exp(underlying);
        }

        T discount = ForwardGrowth.Discount(rate, years);
        T forward = onFuture != 0 ? own : ForwardGrowth.LogReturn(own, rate, years);
        T assetGrowth = onFuture != 0 ? growth * discount : growth;
        OptionLegs<T> moved = legs.Moved(forward, assetGrowth, discount, Elementary.Exp(volatility), Elementary.Exp(-volatility));
        T change = terms.ValueLess(premiums, moved, own, growth, volatility, rate, value);
        T fxGrowth = fxRate * Elementary.Expm1(fxReciprocal != 0 ? -fx : fx);
        return DeltaOneChange.Convert(change, fxRate + fxGrowth, value, fxGrowth);
    }
}
