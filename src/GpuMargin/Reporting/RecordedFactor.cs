using GpuMargin.Calibration;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using static GpuMargin.Reporting.CalibrationRecord;

namespace GpuMargin.Reporting;

/// <summary>One factor of calibration.json; returns and variances are decimals per day.</summary>
/// <param name="Process">The word of factors.csv: a constant variance and an EWMA are both <c>constant</c>.</param>
/// <param name="Fallback">Whether the model in use is not the one asked for.</param>
/// <param name="Choice">Why this fit, in words.</param>
/// <param name="Mean">Of factors.csv.</param>
/// <param name="Variance">Of factors.csv: the next day's, or the long-run level when floored; at least a share of the sample's.</param>
/// <param name="Fit">The fit in use.</param>
/// <param name="Candidates">Every model that was fitted.</param>
/// <param name="VolatilitySource">Of a volatility factor only.</param>
sealed record RecordedFactor(
    string Factor, string Kind, double Level, string Process, bool Fallback, string Choice, double Mean, double Variance, bool Floored, RecordedFit Fit, RecordedDiagnostics Diagnostics,
    RecordedTails? Tails, IReadOnlyList<RecordedFit> Candidates, IReadOnlyList<string> Warnings,
    RecordedVolatilitySource? VolatilitySource)
{
    internal static RecordedFactor Of(FactorCalibration factor) => new(
        factor.Factor.Name, Words.Kinds.WordOf(factor.Factor.Kind), factor.Factor.Level, Words.Processes.WordOf(factor.Factor.Process), factor.IsFallback, factor.Volatility.Choice, factor.Factor.Mean, factor.Factor.Variance, factor.Volatility.IsFloored,
        RecordedFit.Of(factor.Volatility.Fit), RecordedDiagnostics.Of(factor.Diagnostics), RecordedTails.Of(factor.Tails),
        [.. factor.Volatility.Candidates.Select(RecordedFit.Of)], factor.Volatility.Warnings,
        RecordedVolatilitySource.Of(factor));
}

/// <summary>Source of a volatility factor's changes.</summary>
/// <param name="Source"><c>recorded</c>: a column of the history; <c>proxy</c>: forecasts of a model of the price.</param>
/// <param name="Model">The fit that forecasts; absent for a recorded history.</param>
sealed record RecordedVolatilitySource(string Source, RecordedFit? Model)
{
    internal static RecordedVolatilitySource? Of(FactorCalibration factor) => factor.Factor.Kind != RiskFactorKind.Volatility ? null
        : factor.ProxyFit is { } fit ? new("proxy", RecordedFit.Of(fit)) : new("recorded", null);
}

/// <param name="Targeted">Whether the long-run variance is held at the sample's.</param>
/// <param name="StandardErrors">From the Hessian; absent where not defined.</param>
/// <param name="RobustStandardErrors">From the Hessian sandwich.</param>
/// <param name="HalfLife">Days; absent without a long-run level.</param>
sealed record RecordedFit(
    string Model, bool Targeted, string Marginal, string Status, IReadOnlyList<string> Findings,
    RecordedParameters Parameters, RecordedParameters StandardErrors, RecordedParameters RobustStandardErrors,
    double LogLikelihood, int FreeParameters, double Aic, double Bic, double? Persistence, double? HalfLife,
    double NextDayVariance, double? UnconditionalVariance, double LongRunVariance)
{
    internal static RecordedFit Of(VolatilityFit fit) => new(
        CalibrationWords.Models.WordOf(fit.Model), fit.IsTargeted, Words.Marginals.WordOf(fit.Marginal), CalibrationWords.Statuses.WordOf(fit.Status), fit.Findings,
        RecordedParameters.Of(fit.Parameters, fit), RecordedParameters.Of(fit.StandardErrors, fit), RecordedParameters.Of(fit.RobustStandardErrors, fit),
        fit.LogLikelihood, fit.FreeParameters, fit.Aic, fit.Bic, Number(fit.Persistence), Number(fit.HalfLife),
        fit.NextDayVariance, Number(fit.UnconditionalVariance), fit.LongRunVariance);
}

/// <summary>h' = ω + (α + γ·[e &lt; 0])·e² + β·h; what the model or the marginal does not have is absent.</summary>
sealed record RecordedParameters(double? Mean, double? Omega, double? Alpha, double? Gamma, double? Beta, double? Nu, double? Skew)
{
    internal static RecordedParameters Of(VolatilityParameters p, VolatilityFit fit) => new(
        Number(p.Mean),
        Number(p.Omega),
        fit.Model == VolatilityModel.Constant ? null : Number(p.Alpha),
        fit.Model == VolatilityModel.Gjr ? Number(p.Gamma) : null,
        fit.Model == VolatilityModel.Constant ? null : Number(p.Beta),
        Number(p.DegreesOfFreedom),
        fit.Marginal == MarginalFamily.SkewedT ? Number(p.Skew) : null);
}

/// <param name="LjungBox">On standardised residuals.</param>
/// <param name="LjungBoxSquared">On their squares.</param>
/// <param name="Uniformity">Kolmogorov–Smirnov of the probability transform; absent for an empirical marginal.</param>
sealed record RecordedDiagnostics(HypothesisTest LjungBox, HypothesisTest LjungBoxSquared, HypothesisTest ArchLm, HypothesisTest? Uniformity)
{
    internal static RecordedDiagnostics Of(VolatilityDiagnostics tests) => new(tests.Residuals, tests.SquaredResiduals, tests.ArchLm, tests.Uniformity);
}

/// <summary>Generalised-Pareto tails of the standardised residuals.</summary>
/// <param name="Share">Probability of each tail.</param>
sealed record RecordedTails(
    double Share, double LowerThreshold, GeneralizedParetoTail Lower, double UpperThreshold, GeneralizedParetoTail Upper)
{
    internal static RecordedTails? Of(SemiParametricDistribution? tails) => tails is null ? null
        : new(tails.TailShare, tails.LowerThreshold, tails.LowerTail, tails.UpperThreshold, tails.UpperTail);
}
