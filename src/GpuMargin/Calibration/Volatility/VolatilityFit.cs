using GpuMargin.Calibration.Volatility.Estimation;
using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.Volatility;

/// <summary>A variance process fitted to one factor's returns by maximum likelihood; everything in the units of the returns.</summary>
public sealed record VolatilityFit
{
    /// <summary>Never <see cref="VolatilityModel.Auto"/>.</summary>
    public required VolatilityModel Model { get; init; }

    public required MarginalFamily Marginal { get; init; }

    public required VarianceStartUp StartUp { get; init; }

    public required FitStatus Status { get; init; }

    /// <summary>What keeps the fit from being an interior maximum, or is notable about it, in words.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    public required VolatilityParameters Parameters { get; init; }

    /// <summary>Standard errors from the inverse of the negative Hessian.</summary>
    public required VolatilityParameters StandardErrors { get; init; }

    /// <summary>Standard errors from the sandwich H⁻¹SH⁻¹ with S the sum of the outer products of the observations' scores: valid when the marginal is wrong.</summary>
    public required VolatilityParameters RobustStandardErrors { get; init; }

    /// <summary>Log-likelihood with all constants; of the normal density for an empirical marginal.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Whether the long-run variance is held at the sample's (variance targeting, Engle and Mezrich 1996).</summary>
    public bool IsTargeted { get; init; }

    public bool IsPersistenceOnBound { get; init; }

    /// <summary>Mean of the returns.</summary>
    public required double SampleMean { get; init; }

    /// <summary>Variance of the returns about their mean, divisor n.</summary>
    public required double SampleVariance { get; init; }

    /// <summary>Whether scenarios may be made of it.</summary>
    public bool IsUsable => Status is FitStatus.Converged or FitStatus.OnBound;

    /// <summary>Whether the variance returns to a long-run level.</summary>
    public bool Reverts => Model != VolatilityModel.Ewma;

    /// <summary>Count of estimated parameters; one on a bound is not estimated, and variance targeting saves ω.</summary>
    public required int FreeParameters { get; init; }

    /// <summary>Variance of the day after the last observation.</summary>
    public required double NextDayVariance { get; init; }

    /// <summary>h of every observation.</summary>
    public required IReadOnlyList<double> ConditionalVariances { get; init; }

    /// <summary>z = (r − μ)/√h of every observation.</summary>
    public required IReadOnlyList<double> StandardizedResiduals { get; init; }

    /// <summary>Mean of (r − μ)².</summary>
    public required double MeanSquaredResidual { get; init; }

    /// <summary>E[z²; z &lt; 0], the weight of γ: ½ for symmetric marginals, the residuals' own for an empirical one.</summary>
    public required double DownsideShare { get; init; }

    public int Observations => StandardizedResiduals.Count;

    public double Aic => 2.0 * FreeParameters - 2 * LogLikelihood;

    public double Bic => FreeParameters * Math.Log(Observations) - 2 * LogLikelihood;

    /// <summary>α + γ·E[z²; z &lt; 0] + β: what is left on the next day of a variance's distance from its long-run level.</summary>
    public double Persistence => Parameters.Alpha + Parameters.Gamma * DownsideShare + Parameters.Beta;

    /// <summary>Days until half of a variance's distance from its long-run level is left; 0 for a constant variance, ∞ without a long-run level.</summary>
    public double HalfLife => Persistence switch
    {
        <= 0 => 0,
        >= 1 => double.PositiveInfinity,
        _ => Math.Log(0.5) / Math.Log(Persistence),
    };

    /// <summary>ω/(1 − persistence); ∞ for EWMA and wherever the persistence is not below one.</summary>
    public double UnconditionalVariance =>
        Model != VolatilityModel.Ewma && Persistence < 1 ? Parameters.Omega / (1 - Persistence) : double.PositiveInfinity;

    /// <summary><see cref="UnconditionalVariance"/>; the mean squared residual where there is none or where the persistence sits on its bound, which does not tell it.</summary>
    public double LongRunVariance =>
        double.IsFinite(UnconditionalVariance) && (IsTargeted || !IsPersistenceOnBound) ? UnconditionalVariance : MeanSquaredResidual;

    /// <summary>Expected variance of each of the next days, given the history.</summary>
    /// <param name="days">Day 1 is the day after the last observation.</param>
    public double[] Forecast(int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        double[] variances = new double[days];
        double variance = NextDayVariance;
        for (int day = 0; day < days; day++)
        {
            variances[day] = variance;
            variance = Parameters.Omega + Persistence * variance;
        }

        return variances;
    }

    /// <summary>P(Z ≤ z) of the innovation's parametric marginal; the standard normal for an empirical one.</summary>
    public double InnovationCdf(double z) => Marginal switch
    {
        MarginalFamily.StudentT or MarginalFamily.SkewedT => new HansenSkewedT(Parameters.DegreesOfFreedom, Parameters.Skew).Cdf(z),
        _ => MathNet.Numerics.Distributions.Normal.CDF(0, 1, z),
    };
}
