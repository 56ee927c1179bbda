namespace GpuMargin.Tests.Revaluation.American;

/// <summary>American calls with cash dividends by a binomial tree of S*, Cox, Ross and Rubinstein's steps, smoothed by Black and Scholes in the last one; ex-dates lie on steps.</summary>
static class ReferenceDividendTree
{
    internal static double Call(double spot, double strike, double rate, double volatility, double years, (double Years, double Amount)[] dividends, int steps) =>
        2 * Tree(spot, strike, rate, volatility, years, dividends, steps) - Tree(spot, strike, rate, volatility, years, dividends, steps / 2);

    static double Tree(double spot, double strike, double rate, double volatility, double years, (double Years, double Amount)[] dividends, int steps)
    {
        double time = years / steps, up = Math.Exp(volatility * Math.Sqrt(time)), discount = Math.Exp(-rate * time);
        double p = (1 / discount - 1 / up) / (up - 1 / up), escrowed = spot - ToCome(0);
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++)
        {
            values[i] = ReferenceTree.European(1, escrowed * Math.Pow(up, 2 * i - steps + 1), strike, rate, 0, volatility, time);
        }

        for (int step = steps - 2; step >= 0; step--)
        {
            double toCome = ToCome(step * time);
            for (int i = 0; i <= step; i++)
            {
                values[i] = Math.Max(escrowed * Math.Pow(up, 2 * i - step) + toCome - strike, discount * (p * values[i + 1] + (1 - p) * values[i]));
            }
        }

        return values[0];

        double ToCome(double now) => dividends.Where(dividend => dividend.Years > now - 1e-9).Sum(dividend => dividend.Amount * Math.Exp(-rate * (dividend.Years - now)));
    }
}
