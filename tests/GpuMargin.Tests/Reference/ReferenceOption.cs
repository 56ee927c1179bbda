using GpuMargin.ClearingSets;
using MathNet.Numerics.Distributions;

namespace GpuMargin.Tests.Reference;

/// <summary>Forward price and Black–Scholes–Merton value of a European option on one unit.</summary>
public static class ReferenceOption
{
    /// <summary>F = S·exp((r − q)·T).</summary>
    public static double Forward(double spot, double rate, double dividendYield, double years) =>
        spot * Math.Exp((rate - dividendYield) * years);

    /// <param name="years">T ≥ 0; at 0 the value is the payoff.</param>
    /// <param name="volatility">σ ≥ 0 per √year; at 0 the value is the discounted payoff at the forward.</param>
    public static double Value(
        OptionRight right, double spot, double strike, double rate, double dividendYield, double years, double volatility)
    {
        double sign = right == OptionRight.Call ? 1 : -1;
        double asset = spot * Math.Exp(-dividendYield * years);
        double cash = strike * Math.Exp(-rate * years);
        double deviation = volatility * Math.Sqrt(years);
        if (deviation == 0)
        {
            return Math.Max(sign * (asset - cash), 0);
        }

        double d1 = (Math.Log(spot / strike) + ((rate - dividendYield + (0.5 * volatility * volatility)) * years)) / deviation;
        double d2 = d1 - deviation;
        return sign * ((asset * Normal.CDF(0, 1, sign * d1)) - (cash * Normal.CDF(0, 1, sign * d2)));
    }

    /// <summary>Black's (1976) value of an option on a forward.</summary>
    public static double Black76(OptionRight right, double forward, double strike, double rate, double years, double volatility) =>
        Value(right, forward, strike, rate, rate, years, volatility);
}
