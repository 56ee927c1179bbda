using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>American options by a binomial tree (Leisen and Reimer 1996 without their inversion: Cox, Ross and Rubinstein's steps, smoothed by Black and Scholes in the last one), two sizes extrapolated.</summary>
static class ReferenceTree
{
    internal static double Value(OptionRight right, double spot, double strike, double rate, double yield, double volatility, double years, int steps = 600)
    {
        double coarse = Tree(right, spot, strike, rate, yield, volatility, years, steps / 2);
        return 2 * Tree(right, spot, strike, rate, yield, volatility, years, steps) - coarse;
    }

    // Broadie and Detemple (1996): the step before expiry has the European value.
    static double Tree(OptionRight right, double spot, double strike, double rate, double yield, double volatility, double years, int steps)
    {
        double time = years / steps, up = Math.Exp(volatility * Math.Sqrt(time)), discount = Math.Exp(-rate * time);
        double p = (Math.Exp((rate - yield) * time) - 1 / up) / (up - 1 / up), sign = right == OptionRight.Call ? 1 : -1;
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++)
        {
            double price = spot * Math.Pow(up, 2 * i - steps + 1);
            values[i] = Math.Max(sign * (price - strike), European(sign, price, strike, rate, yield, volatility, time));
        }

        for (int step = steps - 2; step >= 0; step--)
        {
            for (int i = 0; i <= step; i++)
            {
                double price = spot * Math.Pow(up, 2 * i - step);
                values[i] = Math.Max(sign * (price - strike), discount * (p * values[i + 1] + (1 - p) * values[i]));
            }
        }

        return values[0];
    }

    internal static double European(double sign, double spot, double strike, double rate, double yield, double volatility, double years)
    {
        double root = volatility * Math.Sqrt(years), d1 = (Math.Log(spot / strike) + (rate - yield) * years) / root + root / 2;
        return sign * (spot * Math.Exp(-yield * years) * Cdf(sign * d1) - strike * Math.Exp(-rate * years) * Cdf(sign * (d1 - root)));
    }

    static double Cdf(double x) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);
}
