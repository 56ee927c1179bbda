using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration;

/// <summary>One factor as it was fitted and as it enters factors.csv.</summary>
/// <param name="Factor">Its process is constant when the fit is an EWMA or a constant variance.</param>
/// <param name="Diagnostics">Of the fit in use.</param>
/// <param name="Tails">The semi-parametric marginal; <see langword="null"/> unless generalised-Pareto tails were asked for.</param>
public sealed record FactorCalibration(
    RiskFactor Factor, VolatilityCalibration Volatility, VolatilityDiagnostics Diagnostics, SemiParametricDistribution? Tails)
{
    /// <summary>Whether the model in use is not the one asked for.</summary>
    public required bool IsFallback { get; init; }

    /// <summary>The price's fit whose forecasts stand in for implied volatilities; <see langword="null"/> unless the factor is such a proxy.</summary>
    public VolatilityFit? ProxyFit { get; init; }

    internal static FactorCalibration Of(string name, RiskFactorKind kind, double level, ReadOnlySpan<double> returns, VolatilityOptions options)
    {
        VolatilityCalibration volatility = VolatilityCalibration.Calibrate(returns, options);
        VolatilityFit fit = volatility.Fit;
        RiskFactor factor = new() { Name = name, Kind = kind, Level = level, Variance = volatility.Variance };
        return new FactorCalibration(
            volatility.Apply(factor),
            volatility,
            VolatilityDiagnostics.Of(fit, Math.Min(VolatilityDiagnostics.UsualLags, fit.Observations / 4), Math.Min(VolatilityDiagnostics.UsualArchLags, fit.Observations / 4)),
            options.Marginal == MarginalFamily.Empirical && options.ParetoTails ? SemiParametricDistribution.Fit(fit.StandardizedResiduals, options.TailShare) : null)
        {
            IsFallback = options.Model == VolatilityModel.Auto ? !volatility.Candidates.Contains(fit) : fit != volatility.Candidates[0],
        };
    }
}
