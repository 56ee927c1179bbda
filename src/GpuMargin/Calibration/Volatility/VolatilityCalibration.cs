using GpuMargin.Calibration.Volatility.Estimation;
using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.Volatility;

/// <summary>The volatility and marginal of one factor as the scenarios will use them, and how they came about.</summary>
public sealed record VolatilityCalibration
{
    VolatilityCalibration(VolatilityFit fit, IReadOnlyList<VolatilityFit> candidates, VolatilityOptions options, IReadOnlyList<string> warnings)
    {
        Fit = fit;
        Candidates = candidates;
        Warnings = warnings;
        IsFloored = options.FloorAtLongRun && fit.LongRunVariance > fit.NextDayVariance;
        Variance = IsFloored ? fit.LongRunVariance : fit.NextDayVariance;
        Innovations = options.Marginal != MarginalFamily.Empirical ? []
            : options.ParetoTails ? SemiParametricDistribution.Fit(fit.StandardizedResiduals, options.TailShare).Points(options.TailPoints)
            : fit.StandardizedResiduals;
    }

    /// <summary>The fit in use: the model asked for, the best by BIC, or the EWMA fallen back to.</summary>
    public VolatilityFit Fit { get; }

    /// <summary>Every model that was fitted, also those not used.</summary>
    public IReadOnlyList<VolatilityFit> Candidates { get; }

    /// <summary>What was not as asked for, in words; empty when all is well.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Variance of the first day of the horizon: the next day's forecast, or the long-run level when that is greater and asked for.</summary>
    public double Variance { get; }

    /// <summary>Whether <see cref="Variance"/> is the long-run level.</summary>
    public bool IsFloored { get; }

    /// <summary>The factor's column of residuals.csv; empty unless the marginal is empirical.</summary>
    public IReadOnlyList<double> Innovations { get; }

    /// <summary>Fits the volatility and marginal of a series; a fit that cannot be used falls back to EWMA and says so in <see cref="Warnings"/>.</summary>
    /// <param name="returns">Oldest first, per day, in any unit: parameters come out in it. For factors.csv: decimals.</param>
    /// <exception cref="ArgumentException">Fewer than 20 returns, one that is not finite, or a constant series; options out of range.</exception>
    /// <remarks>Thread-safe and single-threaded: the caller runs factors in parallel.</remarks>
    public static VolatilityCalibration Calibrate(ReadOnlySpan<double> returns, VolatilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        ScaledReturns scaled = ScaledReturns.Of(returns);
        VolatilityModel[] models = options.Model == VolatilityModel.Auto
            ? [VolatilityModel.Constant, VolatilityModel.Ewma, VolatilityModel.Garch, VolatilityModel.Gjr]
            : [options.Model];
        List<VolatilityFit> candidates = [.. models.Select(model => ModelFit.Of(scaled, model, options))];
        VolatilityFit? chosen = candidates.Where(fit => fit.Status == FitStatus.Converged).MinBy(fit => fit.Bic);
        List<string> warnings = [.. candidates.Where(fit => fit.Status != FitStatus.Converged).Select(NotUsed)];
        if (chosen is null)
        {
            chosen = candidates.Find(fit => fit.Model == VolatilityModel.Ewma);
            if (chosen is null)
            {
                candidates.Add(chosen = ModelFit.Of(scaled, VolatilityModel.Ewma, options));
            }

            warnings.Add(FormattableString.Invariant($"EWMA with a decay of {options.EwmaDecay} is used instead"));
        }

        warnings.AddRange(chosen.Findings.Select(finding => $"{Name(chosen.Model)}: {finding}"));
        return new VolatilityCalibration(chosen, candidates, options, warnings);
    }

    /// <summary>The factor with this volatility and marginal; the returns must have been decimals.</summary>
    /// <remarks>An EWMA's expected variance is the same on every day ahead, so it becomes a constant process at its forecast.</remarks>
    public RiskFactor Apply(RiskFactor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        VolatilityParameters p = Fit.Parameters;
        bool dynamic = Fit.Model is VolatilityModel.Garch or VolatilityModel.Gjr;
        bool hasFreedom = Fit.Marginal is MarginalFamily.StudentT or MarginalFamily.SkewedT;
        return factor with
        {
            Process = Fit.Model switch
            {
                VolatilityModel.Garch => VolatilityProcess.Garch,
                VolatilityModel.Gjr => VolatilityProcess.Gjr,
                _ => VolatilityProcess.Constant,
            },
            Mean = p.Mean,
            Variance = Variance,
            Omega = dynamic ? p.Omega : 0,
            Alpha = dynamic ? p.Alpha : 0,
            Gamma = dynamic ? p.Gamma : 0,
            Beta = dynamic ? p.Beta : 0,
            Marginal = Fit.Marginal,
            DegreesOfFreedom = hasFreedom ? p.DegreesOfFreedom : double.NaN,
            Skew = Fit.Marginal == MarginalFamily.SkewedT ? p.Skew : 0,
            Residuals = Innovations,
        };
    }

    static string NotUsed(VolatilityFit fit)
    {
        string state = fit.Status switch
        {
            FitStatus.OnBound => "sits on a bound",
            FitStatus.NotStationary => "is not stationary",
            _ => "did not converge",
        };
        return $"{Name(fit.Model)} {state} and is not used: {string.Join(", ", fit.Findings)}";
    }

    static string Name(VolatilityModel model) => model switch
    {
        VolatilityModel.Ewma => "EWMA",
        VolatilityModel.Garch => "GARCH",
        VolatilityModel.Gjr => "GJR",
        _ => "constant variance",
    };
}
