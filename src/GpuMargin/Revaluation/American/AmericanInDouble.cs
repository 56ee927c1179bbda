using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>An American option of a plan as <see cref="AmericanRevaluation{T}"/> takes it.</summary>
static class AmericanInDouble
{
    /// <param name="firstPiece">Place of the option's first piece among those that are read with it.</param>
    public static AmericanRevaluation<T> Of<T>(InstrumentPlan plan, int i, int firstPiece)
        where T : unmanaged, ILane<T> => new(
            OptionLegs<T>.Of(plan.Right[i], plan.LogMoneyness[i], plan.Asset[i], plan.Strike[i], plan.Deviation[i]),
            plan.American[i]!.Terms<T>(firstPiece), T.Of(plan.OptionValue[i]), T.Of(plan.Years[i]), T.Of(plan.Gearing[i]), plan.Gearing[i] != 1, T.Of(plan.FxRate[i]), plan.OnFuture[i], plan.FxReciprocal[i]);

    /// <summary>Value per contract less today's in the instrument's currency, under a move of the price and one of the volatility.</summary>
    /// <param name="underlying">Log-return of the underlying, less its dividends.</param>
    public static double ValueLess(InstrumentPlan plan, int i, double underlying, double volatility)
    {
        AmericanOption option = plan.American[i]!;
        HostPremiums premiums = option.Premiums(plan.Premiums);
        Float64 x = Float64.Of(underlying), growth = Elementary.Exp(x), shock = Float64.Of(volatility), zero = Float64.Of(0);
        OptionLegs<Float64> legs = OptionLegs<Float64>.Of(plan.Right[i], plan.LogMoneyness[i], plan.Asset[i], plan.Strike[i], plan.Deviation[i])
            .Moved(x, growth, Float64.Of(1), Elementary.Exp(shock), Elementary.Exp(-shock));
        return option.Terms<Float64>(0).ValueLess(premiums, legs, x, growth, shock, zero, Float64.Of(plan.OptionValue[i])).Value;
    }

    /// <summary>P&amp;L per contract in run currency under given shocks; zero where there is no such factor.</summary>
    public static double ProfitAndLoss(InstrumentPlan plan, int i, double underlying, double rate, double volatility, double fx)
    {
        HostPremiums premiums = plan.American[i]!.Premiums(plan.Premiums);
        return Of<Float64>(plan, i, 0).ProfitAndLoss(premiums, Float64.Of(underlying), Float64.Of(rate), Float64.Of(volatility), Float64.Of(fx)).Value;
    }
}
