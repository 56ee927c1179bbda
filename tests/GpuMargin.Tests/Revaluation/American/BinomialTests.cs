using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>Against a binomial tree that shares no code with the product: Cox, Ross and Rubinstein, extrapolated over two sizes.</summary>
public sealed class BinomialTests
{
    // A share of the strike. The tree's error falls with the steps, but not smoothly.
    const double Tolerance = 2e-4;

    public static TheoryData<double, double, double, double, double> Options => new()
    {
        { 90, .06, .01, .25, 1 }, { 100, .06, .10, .4, .5 }, { 115, .02, .02, .8, 2 }, { 100, .12, 0, .1, .25 }, { 85, .03, -.01, .3, 1.5 },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Puts_and_calls_agree_with_a_tree(double spot, double rate, double yield, double volatility, double years)
    {
        foreach (OptionRight right in (OptionRight[])[OptionRight.Put, OptionRight.Call])
        {
            if (right == OptionRight.Call && yield < 0 && rate >= yield)
            {
                continue; // Never exercised early.
            }

            double sign = right == OptionRight.Call ? 1 : -1;
            double tree = 2 * Tree(sign, spot, rate, yield, volatility, years, 2000) - Tree(sign, spot, rate, yield, volatility, years, 1000);
            Assert.Equal(tree, new VanillaOption(right, ExerciseStyle.American, spot, 100, rate, yield, volatility, years).Value().Value, Tolerance * 100);
        }
    }

    static double Tree(double sign, double spot, double rate, double yield, double volatility, double years, int steps)
    {
        double step = years / steps, up = Math.Exp(volatility * Math.Sqrt(step)), discount = Math.Exp(-rate * step);
        double probability = (Math.Exp((rate - yield) * step) - 1 / up) / (up - 1 / up);
        double[] values = [.. Enumerable.Range(0, steps + 1).Select(i => Math.Max(0, sign * (spot * Math.Pow(up, 2 * i - steps) - 100)))];
        for (int time = steps - 1; time >= 0; time--)
        {
            for (int i = 0; i <= time; i++)
            {
                double held = discount * (probability * values[i + 1] + (1 - probability) * values[i]);
                values[i] = Math.Max(held, sign * (spot * Math.Pow(up, 2 * i - time) - 100));
            }
        }

        return values[0];
    }
}
