using GpuMargin.ClearingSets;
using MathNet.Numerics.Distributions;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>What makes a maximum of the likelihood no model of the returns.</summary>
/// <remarks>
/// On returns that are mostly one value (a peg, a coarse tick) a continuous density grows without bound at that value: the likelihood rewards a t with ν
/// near 2 or a variance near 0 there, and is blind to the days that do move.
/// </remarks>
static class ModelPlausibility
{
    /// <summary>Below ν = 2.09 the expected shortfall at 99 % of a t with variance 1 is below the normal's: its variance lies beyond every quantile in use.</summary>
    public const double SmallestFreedom = 2.1;

    /// <summary>Share of the most frequent return; beyond it the median day is a point and no density is estimated.</summary>
    public const double LargestAtom = 0.5;

    /// <summary>Share of the next day's variance in the sample's: a twentieth of its volatility.</summary>
    public const double SmallestShare = 1.0 / 400;

    /// <summary>Share of the long-run variance in the sample's.</summary>
    public const double SmallestLongRunShare = 1.0 / 16;

    /// <summary>Standard errors of the sample's mean between it and the fit's.</summary>
    public const double LargestMeanDistance = 6;

    /// <summary>Bound of <see cref="TailRatio"/> and of its inverse; of 30 shares over 1 to 10 years it is 0.84 to 1.25.</summary>
    public const double LargestTailRatio = 1.5;

    public static IEnumerable<string> Breaches(VolatilityFit fit, ScaledReturns returns)
    {
        VolatilityParameters p = fit.Parameters;
        bool hasFreedom = fit.Marginal is MarginalFamily.StudentT or MarginalFamily.SkewedT;
        if (fit.Model != VolatilityModel.Constant && Math.Max(p.Alpha, p.Alpha + p.Gamma) <= 0)
        {
            yield return "returns do not move the variance";
        }

        if (hasFreedom && p.DegreesOfFreedom < SmallestFreedom)
        {
            yield return FormattableString.Invariant($"degrees of freedom of {p.DegreesOfFreedom:0.####}, below {SmallestFreedom}");
        }

        if (hasFreedom && returns.LargestAtom > LargestAtom)
        {
            yield return FormattableString.Invariant($"{100 * returns.LargestAtom:0} % of the returns are one value");
        }

        if (fit.NextDayVariance < SmallestShare * fit.SampleVariance)
        {
            yield return FormattableString.Invariant($"next day's variance {fit.NextDayVariance / fit.SampleVariance:0.0E+0} of the sample's");
        }

        if (fit.Reverts && fit.LongRunVariance < SmallestLongRunShare * fit.SampleVariance)
        {
            yield return FormattableString.Invariant($"long-run variance {fit.LongRunVariance / fit.SampleVariance:0.0E+0} of the sample's");
        }

        if (hasFreedom && TailRatio(fit) is var tail && !(tail >= 1 / LargestTailRatio && tail <= LargestTailRatio))
        {
            yield return FormattableString.Invariant($"residuals' tails {tail:0.##} times the marginal's");
        }

        double distance = Math.Abs(p.Mean - fit.SampleMean) / Math.Sqrt(fit.SampleVariance / fit.Observations);
        if (distance > LargestMeanDistance)
        {
            yield return FormattableString.Invariant($"mean {distance:0.#} standard errors from the sample's");
        }
    }

    /// <summary>Mean size of the largest 2 % of the standardised residuals over the expected shortfall at 99 % of a t with variance 1 and the fit's ν: 1 where the scale and tails of the marginal are the returns'.</summary>
    internal static double TailRatio(VolatilityFit fit)
    {
        int count = Math.Max(1, fit.Observations / 50);
        double residuals = fit.StandardizedResiduals.Select(Math.Abs).OrderDescending().Take(count).Average();
        double nu = fit.Parameters.DegreesOfFreedom;
        double q = StudentT.InvCDF(0, 1, nu, 0.99);
        double shortfall = StudentT.PDF(0, 1, nu, q) / 0.01 * (nu + q * q) / (nu - 1) * Math.Sqrt((nu - 2) / nu);
        return residuals / shortfall;
    }
}
