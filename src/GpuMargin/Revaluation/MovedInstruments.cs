using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation;

/// <summary>P&amp;L per contract under moves that are given instead of drawn, in double precision; run currency, gain &gt; 0.</summary>
static class MovedInstruments
{
    /// <summary>Under shocks of the factors, by the engine's own formulas.</summary>
    /// <param name="place">Place in the plan.</param>
    /// <param name="shocks">Per factor: log-return of price and volatility factors, change of rate factors.</param>
    public static double UnderShocks(InstrumentPlan plan, int place, ReadOnlySpan<double> shocks)
    {
        double rate = plan.RateFactor[place] < 0 ? 0 : shocks[plan.RateFactor[place]];
        double carried = rate * plan.Years[place];
        double forward = shocks[plan.Underlying[place]] + carried;
        double change;
        if (place < plan.FirstOption)
        {
            change = DeltaOne(plan, place, HostMath.Expm1(plan.Inverse[place] ? -forward : forward));
        }
        else
        {
            double volatility = plan.VolatilityFactor[place] < 0 ? 1 : HostMath.Exp(shocks[plan.VolatilityFactor[place]]);
            double asset = HostMath.Exp(plan.Inverse[place] ? -carried : shocks[plan.Underlying[place]]);
            double strike = HostMath.Exp(plan.Inverse[place] ? -carried - forward : -carried);
            change = Option(plan, place, forward, asset, strike, plan.Deviation[place] * volatility);
        }

        double fx = plan.FxFactor[place] < 0 ? 0 : shocks[plan.FxFactor[place]];
        return Convert(plan, place, change, plan.FxFactor[place] < 0 ? 0 : HostMath.Expm1(plan.FxReciprocal[place] ? -fx : fx));
    }

    /// <summary>When every underlying makes the same simple return, and the instrument's implied volatility takes a value.</summary>
    /// <param name="move">s &gt; −1: S' = S·(1 + s).</param>
    /// <param name="volatility">σ' of an option, per √year, 0 or more.</param>
    /// <param name="moves">Per factor, whether it is an underlying; an exchange rate that is not stays where it is.</param>
    public static double UnderReturn(InstrumentPlan plan, int place, double move, double volatility, ReadOnlySpan<bool> moves)
    {
        // 1/(1 + s) − 1 without cancellation.
        double inverse = -(move / (1 + move));
        double change = place < plan.FirstOption
            ? DeltaOne(plan, place, plan.Inverse[place] ? inverse : move)
            : Option(
                plan, place, HostMath.Log(1 + move), plan.Inverse[place] ? 1 : 1 + move, plan.Inverse[place] ? 1 / (1 + move) : 1,
                volatility * Math.Sqrt(plan.Years[place]));
        int fx = plan.FxFactor[place];
        return Convert(plan, place, change, fx < 0 || !moves[fx] ? 0 : plan.FxReciprocal[place] ? inverse : move);
    }

    static double DeltaOne(InstrumentPlan plan, int place, double growth) => plan.Scale[place] * growth + plan.Carry[place];

    static double Option(InstrumentPlan plan, int place, double logReturn, double assetGrowth, double strikeGrowth, double deviation)
    {
        deviation = Math.Max(deviation, OptionChange.LeastDeviation(single: false));
        double right = plan.Right[place];
        return OptionChange.Change(
            Float64.Of(plan.LogMoneyness[place] + logReturn),
            Float64.Of(right * plan.Asset[place] * assetGrowth),
            Float64.Of(right * plan.Strike[place] * strikeGrowth),
            Float64.Of(0.5 * right * deviation),
            Float64.Of(right / deviation),
            Float64.Of(plan.OptionValue[place])).Value;
    }

    // change·fx' + value·(fx' − fx).
    static double Convert(InstrumentPlan plan, int place, double change, double fxGrowth)
    {
        double rate = plan.FxRate[place];
        return change * (rate + rate * fxGrowth) + plan.HeldValue[place] * (rate * fxGrowth);
    }

    /// <summary>Units of the underlying that a contract stands for under a small move, signed: m·∂F/∂S of a future, m/F of a coin-margined one, m·∂V/∂S of an option, coin-margined or not.</summary>
    /// <param name="spot">Today's level of the underlying.</param>
    public static double Delta(InstrumentPlan plan, int place, Instrument instrument, double spot)
    {
        if (place < plan.FirstOption)
        {
            return plan.Inverse[place] ? -plan.Scale[place] : plan.Scale[place] / spot;
        }

        double deviation = plan.Deviation[place];
        double d1 = plan.Right[place] * (plan.LogMoneyness[place] / deviation + 0.5 * deviation);
        double units = instrument.Multiplier * HostMath.Exp(-instrument.DividendYield * plan.Years[place]);
        return plan.Right[place] * NormalDistribution.Cumulative(Float64.Of(d1)).Value * units;
    }
}
