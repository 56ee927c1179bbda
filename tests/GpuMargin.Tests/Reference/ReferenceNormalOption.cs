using GpuMargin.ClearingSets;
using MathNet.Numerics.Distributions;

namespace GpuMargin.Tests.Reference;

/// <summary>Bachelier's (1900) value of a European option on one unit of a price of any sign.</summary>
public static class ReferenceNormalOption
{
    /// <param name="volatility">σ ≥ 0 in units of the price per √year; at 0 the value is the discounted payoff at the forward.</param>
    public static double Value(
        OptionRight right, double spot, double strike, double rate, double dividendYield, double years, double volatility)
    {
        double sign = right == OptionRight.Call ? 1 : -1;
        double over = sign * ((spot * Math.Exp((rate - dividendYield) * years)) - strike);
        double deviation = volatility * Math.Sqrt(years);
        double undiscounted = deviation == 0
            ? Math.Max(over, 0)
            : (over * Normal.CDF(0, 1, over / deviation)) + (deviation * Normal.PDF(0, 1, over / deviation));
        return Math.Exp(-rate * years) * undiscounted;
    }
}
