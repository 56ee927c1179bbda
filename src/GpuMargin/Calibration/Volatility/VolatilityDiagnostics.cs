using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.Volatility;

/// <summary>What a volatility fit has left in its residuals.</summary>
/// <param name="Residuals">Ljung–Box on z: autocorrelation of returns.</param>
/// <param name="SquaredResiduals">Ljung–Box on z²: volatility that is not explained.</param>
/// <param name="ArchLm">Engle's test on z², against the same alternative.</param>
/// <param name="Uniformity">Kolmogorov–Smirnov of F(z): the marginal; null for an empirical one, which is the residuals' own.</param>
public sealed record VolatilityDiagnostics(
    HypothesisTest Residuals, HypothesisTest SquaredResiduals, HypothesisTest ArchLm, HypothesisTest? Uniformity)
{
    /// <summary>Two weeks of days.</summary>
    public const int UsualLags = 10;

    /// <summary>A week of days.</summary>
    public const int UsualArchLags = 5;

    /// <exception cref="ArgumentOutOfRangeException">More lags than the series allows.</exception>
    public static VolatilityDiagnostics Of(VolatilityFit fit, int lags = UsualLags, int archLags = UsualArchLags)
    {
        ArgumentNullException.ThrowIfNull(fit);
        IReadOnlyList<double> z = fit.StandardizedResiduals;
        return new(
            ResidualTests.LjungBox(z, lags),
            ResidualTests.LjungBox([.. z.Select(value => value * value)], lags),
            ResidualTests.ArchLm(z, archLags),
            fit.Marginal == MarginalFamily.Empirical ? null : ResidualTests.Uniformity([.. z.Select(fit.InnovationCdf)]));
    }
}
