namespace GpuMargin.Tests.Revaluation.American;

/// <summary>American options with cash dividends by a binomial tree of S*, Cox, Ross and Rubinstein's steps, smoothed by Black and Scholes in the last one; ex-dates lie on steps.</summary>
static class ReferenceDividendTree
{
    internal static double Value(int right, double spot, double strike, double rate, double volatility, double years, (double Years, double Amount)[] dividends, int steps) =>
        2 * Tree(right, spot, strike, rate, volatility, years, dividends, steps) - Tree(right, spot, strike, rate, volatility, years, dividends, steps / 2);

    static double Tree(int right, double spot, double strike, double rate, double volatility, double years, (double Years, double Amount)[] dividends, int steps)
    {
        double time = years / steps, up = Math.Exp(volatility * Math.Sqrt(time)), discount = Math.Exp(-rate * time);
        double p = (1 / discount - 1 / up) / (up - 1 / up), escrowed = spot - ToCome(0, true);
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++)
        {
            values[i] = ReferenceTree.European(right, escrowed * Math.Pow(up, 2 * i - steps + 1), strike, rate, 0, volatility, time);
        }

        for (int step = steps - 2; step >= 0; step--)
        {
            double toCome = ToCome(step * time, right > 0);
            for (int i = 0; i <= step; i++)
            {
                values[i] = Math.Max(right * (escrowed * Math.Pow(up, 2 * i - step) + toCome - strike), discount * (p * values[i + 1] + (1 - p) * values[i]));
            }
        }

        return values[0];

        // A call is exercised before the dividend of a step, a put after it.
        double ToCome(double now, bool before) => dividends.Where(dividend => dividend.Years > now + (before ? -1e-9 : 1e-9)).Sum(dividend => dividend.Amount * Math.Exp(-rate * (dividend.Years - now)));
    }
}
