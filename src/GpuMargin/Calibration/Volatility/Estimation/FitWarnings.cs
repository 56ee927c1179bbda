using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>What a user should know of a fit in use, with what to do about it.</summary>
static class FitWarnings
{
    /// <summary>Standard errors of the returns' mean between it and 0: a trend, or another unit.</summary>
    const double LargestMean = 10;

    /// <summary>Kurtosis of standardised residuals; of 30 shares over ten years it is 30 at most.</summary>
    const double LargestKurtosis = 100;

    public static IEnumerable<string> Of(VolatilityFit fit, ScaledReturns returns, ReturnMean mean)
    {
        double errors = Math.Abs(fit.SampleMean) / Math.Sqrt(fit.SampleVariance / fit.Observations);
        if (errors > LargestMean)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the returns' mean is {errors:F0} of its standard errors from 0: {(mean == ReturnMean.Zero
                ? "a trend, which scenarios leave out; '--mean sample' keeps it"
                : "a trend, which scenarios carry on; '--mean zero' leaves it out")}");
        }

        if (fit.Marginal == MarginalFamily.Empirical)
        {
            yield break;
        }

        if (returns.LargestAtom > ModelPlausibility.LargestAtom)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{100 * returns.LargestAtom:F0} % of the returns are one value, which no density fits; '--model constant --marginal empirical' keeps their own distribution");
        }

        double kurtosis = fit.StandardizedResiduals.Average(z => z * z * z * z) / Math.Pow(fit.StandardizedResiduals.Average(z => z * z), 2);
        if (kurtosis > LargestKurtosis)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the residuals' kurtosis is {kurtosis:F0}: a few days are all there is to it; look at them, or use '--marginal empirical'");
        }
    }
}
