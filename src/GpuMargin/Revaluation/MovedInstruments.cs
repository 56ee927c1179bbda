using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Revaluation.American;
using GpuMargin.Revaluation.Surfaces;

namespace GpuMargin.Revaluation;

/// <summary>P&amp;L per contract under moves that are given instead of drawn, in double precision; run currency, gain &gt; 0.</summary>
static class MovedInstruments
{
    /// <summary>P&amp;L under shocks of the factors, by the engine's own formulas.</summary>
    /// <param name="place">Place in the plan.</param>
    /// <param name="shocks">Per factor: log-return of price and volatility factors, change of rate and additive factors.</param>
    public static double UnderShocks(InstrumentPlan plan, int place, ReadOnlySpan<double> shocks)
    {
        double underlying = Shock(plan, plan.UnderlyingShock[place], shocks);
        double carried = RateMove(plan, place, shocks) * plan.Years[place];
        double gearing = plan.Gearing[place];
        bool escrowed = IsEscrowed(plan, place);
        double forward = Forward(plan, place, shocks);
        double volatilityShock = SurfaceInDouble.Shock(plan, place, shocks, forward);
        if (plan.American[place] is not null)
        {
            return AmericanInDouble.ProfitAndLoss(
                plan, place, underlying, RateMove(plan, place, shocks), volatilityShock, Shock(plan, plan.FxShock[place], shocks));
        }

        if (plan.InDouble[place])
        {
            return OptionInDouble.Of<Float64>(plan, place).ProfitAndLoss(
                Float64.Of(underlying), Float64.Of(RateMove(plan, place, shocks)),
                Float64.Of(volatilityShock), Float64.Of(Shock(plan, plan.FxShock[place], shocks))).Value;
        }

        double fx = Shock(plan, plan.FxShock[place], shocks);
        double fxGrowth = plan.FxShock[place] < 0 ? 0 : HostMath.Expm1(plan.FxReciprocal[place] ? -fx : fx);
        double volatility = HostMath.Exp(volatilityShock);
        double change;
        if (plan.IsOption[place] && plan.Additive[place])
        {
            change = plan.NormalOption<Float64>(place).Change(Float64.Of(underlying), Float64.Of(HostMath.Expm1(-carried)), Float64.Of(volatility)).Value;
        }
        else if (!plan.IsOption[place])
        {
            change = DeltaOne(plan, place, plan.Additive[place]
                ? (plan.Level[place] + underlying) * HostMath.Expm1(carried) + underlying
                : HostMath.Expm1(plan.Inverse[place] ? -forward : forward));
        }
        else
        {
            double asset = escrowed
                ? EscrowedReturn.Growth(Float64.Of(underlying), Float64.Of(gearing)).Value
                : HostMath.Exp(plan.Inverse[place] ? -carried : plan.OnFuture[place] ? underlying - carried : underlying);
            double strike = HostMath.Exp(plan.Inverse[place] ? -carried - forward : -carried);
            change = Option(plan, place, forward, asset, strike, plan.Deviation[place] * volatility);
        }

        return Convert(plan, place, change, fxGrowth);
    }

    /// <summary>Shock of the logarithm of an option's volatility, by its factor or surface.</summary>
    /// <param name="shocks">Per factor.</param>
    public static double VolatilityShock(InstrumentPlan plan, int place, ReadOnlySpan<double> shocks) =>
        SurfaceInDouble.Shock(plan, place, shocks, Forward(plan, place, shocks));

    /// <summary>P&amp;L when every underlying makes the same simple return, and the instrument's implied volatility takes a value.</summary>
    /// <param name="move">s &gt; −1: S' = S·(1 + s); of an additive price S + s·|S|.</param>
    /// <param name="volatility">σ' of an option, per √year, 0 or more; of an additive price in its units. A sticky surface moves it along the smile besides.</param>
    /// <param name="rateMoves">Whether the factor of the instrument's exchange rate moves too; else it stays where it is.</param>
    public static double UnderReturn(InstrumentPlan plan, int place, double move, double volatility, bool rateMoves)
    {
        // 1/(1 + s) − 1 without cancellation.
        double inverse = -(move / (1 + move)), gearing = plan.Gearing[place];
        double growth = gearing != 1 ? Math.Max(1 + gearing * move, EscrowedReturn.Floor * gearing) : 1 + move;
        double units = move * Math.Abs(plan.Level[place]);
        volatility *= SurfaceInDouble.GrowthOfForward(plan, place, growth);
        double change = plan.American[place] is { } american ? American(plan, place, american, HostMath.Log(growth), volatility)
            : !plan.IsOption[place] && gearing != 1 && plan.RateShock[place] >= 0
            ? DeltaOne(plan, place, growth - 1)
            : !plan.IsOption[place]
            ? DeltaOne(plan, place, plan.Additive[place] ? units : plan.Inverse[place] ? inverse : move)
            : plan.Additive[place] ? NormalOption(plan, place, units, volatility * Math.Sqrt(plan.Years[place]))
            : Option(
                plan, place, HostMath.Log(growth), plan.Inverse[place] ? 1 : growth, plan.Inverse[place] ? 1 / (1 + move) : 1,
                volatility * Math.Sqrt(plan.Years[place]));
        return Convert(plan, place, change, plan.FxShock[place] < 0 || !rateMoves ? 0 : plan.FxReciprocal[place] ? inverse : move);
    }

    /// <summary>|m·F| per contract of a delta-one instrument, or m/F of a coin-margined one; instrument's currency.</summary>
    public static double Size(InstrumentPlan plan, int place) =>
        Math.Abs(plan.Scale[place] * (plan.Additive[place] ? plan.Level[place] : plan.RateShock[place] < 0 ? 1 / plan.Gearing[place] : 1));

    // Log-return of the forward, less the dividends.
    static double Forward(InstrumentPlan plan, int place, ReadOnlySpan<double> shocks)
    {
        double underlying = Shock(plan, plan.UnderlyingShock[place], shocks);
        double own = IsEscrowed(plan, place) ? EscrowedReturn.Log(Float64.Of(underlying), Float64.Of(plan.Gearing[place])).Value : underlying;
        return own + (plan.OnFuture[place] ? 0 : RateMove(plan, place, shocks) * plan.Years[place]);
    }

    static bool IsEscrowed(InstrumentPlan plan, int place) => plan.Gearing[place] != 1 && (plan.IsOption[place] || plan.RateShock[place] >= 0);

    static double DeltaOne(InstrumentPlan plan, int place, double growth) => plan.Scale[place] * growth + plan.Carry[place];

    static double Option(InstrumentPlan plan, int place, double logReturn, double assetGrowth, double strikeGrowth, double deviation)
    {
        OptionTerms terms = new(
            plan.LogMoneyness[place] + logReturn, plan.Asset[place] * assetGrowth, plan.Strike[place] * strikeGrowth, deviation);
        return ((OptionType)plan.Type[place]).ValueLess(plan.Right[place], terms, plan.OptionValue[place]);
    }

    // By the surfaces where they cover the volatility.
    static double American(InstrumentPlan plan, int place, AmericanOption option, double logReturn, double volatility)
    {
        double shock = HostMath.Log(volatility * Math.Sqrt(plan.Years[place])) - option.LogDeviation;
        return option.Covers(shock)
            ? AmericanInDouble.ValueLess(plan, place, logReturn, shock)
            : (volatility > 0 ? option.Solved(logReturn, volatility) : option.Certain(logReturn)) - plan.OptionValue[place];
    }

    static double NormalOption(InstrumentPlan plan, int place, double move, double deviation) =>
        plan.NormalOption<Float64>(place, deviation).Change(Float64.Of(move), Float64.Of(0), Float64.Of(1)).Value;

    static double Shock(InstrumentPlan plan, int row, ReadOnlySpan<double> shocks) => row < 0 ? 0 : shocks[plan.Shocks[row].Factor];

    static double RateMove(InstrumentPlan plan, int place, ReadOnlySpan<double> shocks) =>
        plan.RateWeight[place] * Shock(plan, plan.RateShock[place], shocks) + plan.SecondRateWeight[place] * Shock(plan, plan.SecondRateShock[place], shocks);

    // change·fx' + value·(fx' − fx).
    static double Convert(InstrumentPlan plan, int place, double change, double fxGrowth)
    {
        double rate = plan.FxRate[place];
        return change * (rate + rate * fxGrowth) + plan.HeldValue[place] * (rate * fxGrowth);
    }
}
