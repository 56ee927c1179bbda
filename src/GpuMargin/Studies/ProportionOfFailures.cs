using MathNet.Numerics;

namespace GpuMargin.Studies;

/// <summary>Kupiec's test that losses exceed value at risk as often as its confidence says (1995, Journal of Derivatives 3(2), 73–84).</summary>
/// <param name="Periods">n.</param>
/// <param name="Exceedances">x.</param>
/// <param name="Statistic">LR = 2·ln{[(x/n)^x·(1 − x/n)^(n−x)] / [p^x·(1 − p)^(n−x)]}, asymptotically chi-square with one degree of freedom; NaN for no period.</param>
/// <param name="PValue">Probability of a statistic as large or larger when the model is right.</param>
public readonly record struct ProportionOfFailures(int Periods, int Exceedances, double Statistic, double PValue)
{
    /// <param name="probability">p of an exceedance, 0 &lt; p &lt; 1: one minus the confidence of value at risk.</param>
    public static ProportionOfFailures Of(int periods, int exceedances, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exceedances);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exceedances, periods);
        if (periods == 0)
        {
            return new(0, 0, double.NaN, double.NaN);
        }

        double share = (double)exceedances / periods;
        double statistic = Math.Max(0, 2 * (Term(exceedances, share / probability) + Term(periods - exceedances, (1 - share) / (1 - probability))));
        return new(periods, exceedances, statistic, SpecialFunctions.Erfc(Math.Sqrt(statistic / 2)));
    }

    static double Term(int count, double ratio) => count == 0 ? 0 : count * Math.Log(ratio);
}
