using GpuMargin.Calibration;
using GpuMargin.Calibration.Dependence;
using GpuMargin.ClearingSets;
using static GpuMargin.Reporting.CalibrationRecord;

namespace GpuMargin.Reporting;

/// <summary>The copula of calibration.json; the matrix itself is correlation.csv.</summary>
/// <param name="Copula">As in run.json.</param>
/// <param name="RepairDistance">Frobenius norm by which the matrix was moved to be positive semi-definite.</param>
sealed record RecordedDependence(
    RecordedCopula Copula, RecordedCopulaFit Fit, double RepairDistance, double? SmallestEigenvalue, RecordedShrinkage? Shrinkage,
    RecordedDynamics? Dynamic, RecordedLeverage? Leverage, IReadOnlyList<string> Warnings)
{
    internal static RecordedDependence Of(CalibrationResult result)
    {
        DependenceCalibration dependence = result.Dependence;
        return new(
            RecordedCopula.Of(dependence.Copula),
            RecordedCopulaFit.Of(dependence.Fit), dependence.Repair.Distance, Number(dependence.Repair.SmallestEigenvalue),
            dependence.Shrinkage is { } shrinkage ? new RecordedShrinkage(shrinkage.Intensity, shrinkage.MeanCorrelation) : null,
            RecordedDynamics.Of(dependence.Dynamic), RecordedLeverage.Of(dependence.Leverage, result.Factors), dependence.Warnings);
    }
}

/// <summary>The t copula against the Gaussian one, also when the Gaussian is used.</summary>
/// <param name="StandardError">Of ν, robust; the correlation taken as known.</param>
/// <param name="Pairs">Of a composite likelihood; 0 for the likelihood of all factors.</param>
sealed record RecordedCopulaFit(
    string Better, double? Nu, double? StandardError, double? CurvatureStandardError, double LogLikelihood, double GaussianLogLikelihood, int Pairs)
{
    internal static RecordedCopulaFit Of(StudentTCopulaFit fit) => new(
        Words.CopulaFamilies.WordOf(fit.Family), Number(fit.DegreesOfFreedom), Number(fit.StandardError), Number(fit.CurvatureStandardError),
        fit.LogLikelihood, fit.GaussianLogLikelihood, fit.Pairs);
}

/// <param name="Intensity">Weight of the constant correlation.</param>
sealed record RecordedShrinkage(double Intensity, double MeanCorrelation);

/// <summary>Q' = (1 − a − b)·S + a·z·zᵀ + b·Q.</summary>
sealed record RecordedDynamics(
    double A, double B, double? StandardErrorA, double? StandardErrorB, double LogLikelihood, double StaticLogLikelihood, int Pairs, bool OnBound)
{
    internal static RecordedDynamics? Of(DynamicCorrelation? fit) => fit is null ? null : new(
        fit.A, fit.B, Number(fit.StandardErrorA), Number(fit.StandardErrorB), fit.LogLikelihood, fit.StaticLogLikelihood, fit.Pairs, fit.IsOnBound);
}

/// <summary>Correlations of prices and proxies that were replaced.</summary>
/// <param name="Correlation">Assumed, of every pair.</param>
sealed record RecordedLeverage(string Kind, double Correlation, string Source, IReadOnlyList<RecordedPair> Replaced)
{
    internal static RecordedLeverage? Of(AssumedLeverage? leverage, IReadOnlyList<FactorCalibration> factors) => leverage is null ? null : new(
        CalibrationWords.Leverages.WordOf(leverage.Kind), leverage.Correlation, leverage.Source,
        [.. leverage.Pairs.Select(pair => new RecordedPair(factors[pair.Price].Factor.Name, factors[pair.Volatility].Factor.Name, pair.Estimated))]);
}

/// <param name="Estimated">Correlation that was replaced.</param>
sealed record RecordedPair(string Price, string Volatility, double Estimated);
