using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>P&amp;L of one option in run currency from the shocks alone, exact to rounding of the P&amp;L however deep the option is in the money.</summary>
/// <remarks>
/// By put–call parity an option in the money is the option of the opposite right, which is out of the money and small, and the two legs themselves: their
/// changes are A·(e^a − 1) and B·(e^b − 1), which lose nothing to the size of A and B. The exchange rate is a factor of both legs.
/// </remarks>
readonly struct OptionRevaluation<T>
    where T : unmanaged, ILane<T>
{
    readonly OptionLegs<T> legs;
    readonly T value;
    readonly T asset;
    readonly T strike;
    readonly T carry;
    readonly T years;
    readonly T gearing;
    readonly int escrowed;
    readonly int onFuture;
    readonly int inverse;
    readonly int fxReciprocal;

    /// <param name="legs">Of the option that is out of the money, at today's exchange rate as all amounts here.</param>
    /// <param name="value">Today's value of that option.</param>
    /// <param name="asset">Of the leg A that is held besides, signed; zero for an option out of the money.</param>
    /// <param name="strike">Of the leg B that is owed besides, signed.</param>
    /// <param name="carry">What the two pass without a shock, from ageing.</param>
    /// <param name="years">To expiry at the revaluation date.</param>
    /// <param name="gearing">S/S* of an underlying with cash dividends.</param>
    /// <param name="escrowed">Whether it has any.</param>
    /// <param name="onFuture">Whether the underlying is a forward, which a rate does not move.</param>
    public OptionRevaluation(OptionLegs<T> legs, T value, T asset, T strike, T carry, T years, T gearing, bool escrowed, bool onFuture, bool inverse, bool fxReciprocal)
    {
        this.legs = legs;
        this.value = value;
        this.asset = asset;
        this.strike = strike;
        this.carry = carry;
        this.years = years;
        this.gearing = gearing;
        this.escrowed = escrowed ? 1 : 0;
        this.onFuture = onFuture ? 1 : 0;
        this.inverse = inverse ? 1 : 0;
        this.fxReciprocal = fxReciprocal ? 1 : 0;
    }

    /// <param name="underlying">Shock of the price factor; the other shocks are zero where there is no such factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ProfitAndLoss(T underlying, T rate, T volatility, T fx)
    {
        T own = escrowed != 0 ? EscrowedReturn.Log(underlying, gearing) : underlying;
        T forward = onFuture != 0 ? own : ForwardGrowth.LogReturn(own, rate, years);
        T conversion = fxReciprocal != 0 ? -fx : fx;
        T discount = T.Fnma(rate, years, conversion);
        T a = inverse != 0 ? discount : onFuture != 0 ? own + discount : own + conversion;
        T b = inverse != 0 ? discount - forward : discount;
        T change = legs.Moved(forward, Elementary.Exp(a), Elementary.Exp(b), Elementary.Exp(volatility), Elementary.Exp(-volatility)).ValueLess(value);
        return T.Fma(asset, Elementary.Expm1(a), T.Fnma(strike, Elementary.Expm1(b), change + carry));
    }
}
