using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Fits one model and takes the maximum back to the units of the returns.</summary>
static class ModelFit
{
    /// <param name="decay">Of an EWMA; NaN: estimated.</param>
    /// <param name="isTargeted">The long-run variance is held at the sample's.</param>
    public static VolatilityFit Of(ScaledReturns returns, VolatilityModel model, VolatilityOptions options, double decay = double.NaN, bool isTargeted = false)
    {
        MarginalFamily density = options.Marginal == MarginalFamily.Empirical ? MarginalFamily.Normal : options.Marginal;
        VolatilityLikelihood likelihood = new(returns.Values, density, options.StartUp);
        ParameterSpace space = new(model, density, options.MaximumPersistence, decay, isTargeted);
        MaximumLikelihood maximum = MaximumLikelihood.Of(likelihood, space, returns.Mean);

        int n = returns.Values.Length;
        double[] variances = new double[n];
        double[] residuals = new double[n];
        likelihood.Evaluate(maximum.Theta, new double[VolatilityParameters.Count], [], variances, out double next);
        double unit = returns.Unit;
        double mean = maximum.Theta[VolatilityParameters.MeanIndex];
        double square = 0;
        double fall = 0;
        double total = 0;
        for (int t = 0; t < n; t++)
        {
            double e = returns.Values[t] - mean;
            square += e * e / n;
            residuals[t] = e / Math.Sqrt(variances[t]);
            variances[t] *= unit * unit;
            double z2 = residuals[t] * residuals[t];
            total += z2;
            fall += e < 0 ? z2 : 0;
        }

        VolatilityParameters parameters = VolatilityParameters.FromScaled(maximum.Theta, unit);
        VolatilityFit fit = new()
        {
            Model = model,
            IsTargeted = isTargeted,
            IsPersistenceOnBound = maximum.Bounds.Any(bound => bound.IsPersistence),
            Marginal = options.Marginal,
            StartUp = options.StartUp,
            Status = maximum.Status,
            Findings = maximum.Findings,
            Parameters = parameters,
            StandardErrors = VolatilityParameters.FromScaled(maximum.Errors, unit),
            RobustStandardErrors = VolatilityParameters.FromScaled(maximum.RobustErrors, unit),
            LogLikelihood = maximum.LogLikelihood - n * Math.Log(unit),
            FreeParameters = maximum.FreeParameters,
            NextDayVariance = next * unit * unit,
            ConditionalVariances = variances,
            StandardizedResiduals = residuals,
            MeanSquaredResidual = square * unit * unit,
            SampleMean = returns.Mean * unit,
            SampleVariance = unit * unit,
            DownsideShare = options.Marginal switch
            {
                MarginalFamily.SkewedT => new HansenSkewedT(parameters.DegreesOfFreedom, parameters.Skew).DownsideShare,
                MarginalFamily.Empirical => fall / total,
                _ => 0.5,
            },
        };
        return Plausible(Stationary(fit), returns);
    }

    static VolatilityFit Plausible(VolatilityFit fit, ScaledReturns returns)
    {
        string[] breaches = fit.Status is FitStatus.Converged or FitStatus.OnBound ? [.. ModelPlausibility.Breaches(fit, returns)] : [];
        return breaches.Length == 0 ? fit : fit with { Status = FitStatus.Implausible, Findings = [.. fit.Findings, .. breaches] };
    }

    // Both measures: the factor file's, with ½, and the process's own.
    static VolatilityFit Stationary(VolatilityFit fit)
    {
        VolatilityParameters p = fit.Parameters;
        double persistence = Math.Max(fit.Persistence, p.Alpha + 0.5 * p.Gamma + p.Beta);
        return fit.Model == VolatilityModel.Ewma || persistence < 1 || fit.Status is not (FitStatus.Converged or FitStatus.OnBound) ? fit : fit with
        {
            Status = FitStatus.NotStationary,
            Findings = [.. fit.Findings, FormattableString.Invariant($"persistence of {persistence:0.######}")],
        };
    }
}
