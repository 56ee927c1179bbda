using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>Settings that do not do what one might expect of them.</summary>
static class RunWarnings
{
    public static IEnumerable<string> Of(RunSettings settings, QuantileRanks ranks)
    {
        if (settings is { Importance: Importance.On, Copula.Family: CopulaFamily.Gaussian })
        {
            yield return "Importance sampling is on and has no effect: it acts on the chi-square of the t copula, and the copula is Gaussian. All weights are 1.";
        }

        if (!ranks.HasUpperBound)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{ranks.Scenarios} scenarios are too few for an upper 95 % bound of value at risk at {ranks.Confidence}: var_high is the largest loss of the sample; {Math.Ceiling(QuantileRanks.ScenariosForUpperBound(ranks.Confidence))} would do.");
        }
    }
}
