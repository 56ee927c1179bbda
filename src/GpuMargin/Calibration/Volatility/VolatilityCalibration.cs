using System.Globalization;
using GpuMargin.Calibration.Volatility.Estimation;
using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.Volatility;

/// <summary>The volatility and marginal of one factor as the scenarios will use them, and how they came about.</summary>
public sealed record VolatilityCalibration
{
    static readonly VolatilityModel[] s_rivals = [VolatilityModel.Constant, VolatilityModel.Ewma, VolatilityModel.Garch, VolatilityModel.Gjr];

    /// <summary>Least share of the next day's variance in the sample's: a quarter of its volatility. GARCH forecasts of shares, exchange rates and indices stay above it.</summary>
    public const double LeastShareOfSample = 1.0 / 16;

    readonly ReturnMean mean;

    VolatilityCalibration(
        VolatilityFit fit, VolatilityFit moving, IReadOnlyList<VolatilityFit> candidates, VolatilityOptions options, string choice, IReadOnlyList<string> warnings)
    {
        Fit = fit;
        Moving = moving;
        Candidates = candidates;
        Choice = choice;
        mean = options.Mean;
        IsFloored = options.FloorAtLongRun && fit.LongRunVariance > fit.NextDayVariance;
        double least = LeastShareOfSample * fit.SampleVariance, variance = IsFloored ? fit.LongRunVariance : fit.NextDayVariance;
        Variance = Math.Max(variance, least);
        Warnings = variance >= least ? warnings :
        [
            .. warnings,
            string.Create(
                CultureInfo.InvariantCulture,
                $"next day's variance of {variance:E2} is raised to {least:E2}, 1/16 of the sample's; '--floor-volatility long-run' or '--model constant --marginal empirical' keeps nearer to the history"),
        ];
        Innovations = fit.Marginal != MarginalFamily.Empirical ? []
            : options.Marginal == MarginalFamily.Empirical && options.ParetoTails ? SemiParametricDistribution.Fit(fit.StandardizedResiduals, options.TailShare).Points(options.TailPoints)
            : fit.StandardizedResiduals;
    }

    /// <summary>The fit in use: the model asked for, the best of several, or the constant variance with the returns' own distribution that stands in for all of them.</summary>
    public VolatilityFit Fit { get; }

    /// <summary><see cref="Fit"/>, or the best whose variance moves where the fit is constant though a moving one was asked for.</summary>
    internal VolatilityFit Moving { get; }

    /// <summary>Why this fit, in words.</summary>
    public string Choice { get; }

    /// <summary>Every model that was fitted, also those not used.</summary>
    public IReadOnlyList<VolatilityFit> Candidates { get; }

    /// <summary>What was not as asked for, in words; empty when all is well.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Variance of the first day of the horizon: the next day's forecast, or the long-run level when that is greater and asked for; at least <see cref="LeastShareOfSample"/> of the sample's.</summary>
    public double Variance { get; }

    /// <summary>Whether <see cref="Variance"/> is the long-run level.</summary>
    public bool IsFloored { get; }

    /// <summary>The factor's column of residuals.csv; empty unless the marginal is empirical.</summary>
    public IReadOnlyList<double> Innovations { get; }

    /// <summary>Fits the volatility and marginal of a series; where the model asked for has no interior maximum, all models compete; what is used and why stands in <see cref="Warnings"/>.</summary>
    /// <param name="returns">Oldest first, per day, in any unit: parameters come out in it. For factors.csv: decimals.</param>
    /// <exception cref="ArgumentException">Fewer than 20 returns, one that is not finite, or a constant series; options out of range.</exception>
    /// <remarks>Thread-safe and single-threaded: the caller runs factors in parallel.</remarks>
    public static VolatilityCalibration Calibrate(ReadOnlySpan<double> returns, VolatilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        ScaledReturns scaled = ScaledReturns.Of(returns);
        List<VolatilityFit> candidates = [];
        if (options.Model != VolatilityModel.Auto)
        {
            VolatilityFit asked = ModelFit.Of(scaled, options.Model, options, options.EwmaDecay);
            if (asked.Status == FitStatus.Converged)
            {
                return Used(asked, [asked], "as asked for", [.. asked.Findings.Select(finding => $"{ModelChoice.Name(asked)}: {finding}")]);
            }

            candidates.Add(asked);
            AddTargeted(asked);
        }

        foreach (VolatilityModel model in options.Model is VolatilityModel.Constant or VolatilityModel.Ewma ? [] : s_rivals)
        {
            if (model != options.Model)
            {
                candidates.Add(ModelFit.Of(scaled, model, options));
                AddTargeted(candidates[^1]);
            }
        }

        if (ModelChoice.Of(candidates) is not { } choice)
        {
            VolatilityFit standIn = ModelFit.Of(scaled, VolatilityModel.Constant, options with { Marginal = MarginalFamily.Empirical });
            return Used(standIn, candidates, "no other model can be used",
            [
                State(candidates[0]),
                "the returns' own distribution with the sample's variance is used, constant over the horizon: no model of them can be; '--model constant --marginal empirical' asks for it",
            ]);
        }

        List<string> warnings = options.Model == VolatilityModel.Auto ? [] : [State(candidates[0])];
        if (options.Model != VolatilityModel.Auto)
        {
            warnings.Add($"{ModelChoice.Name(choice.Fit)} is used: {choice.Reason}");
        }

        if (choice.Fit != candidates[0] || options.Model == VolatilityModel.Auto)
        {
            warnings.AddRange(choice.Fit.Findings.Select(finding => $"{ModelChoice.Name(choice.Fit)}: {finding}"));
        }

        return Used(choice.Fit, candidates, choice.Reason, warnings);

        void AddTargeted(VolatilityFit fit)
        {
            if (fit.Status != FitStatus.Converged && fit.Model is VolatilityModel.Garch or VolatilityModel.Gjr)
            {
                candidates.Add(ModelFit.Of(scaled, fit.Model, options, isTargeted: true));
            }
        }

        VolatilityCalibration Used(VolatilityFit fit, IReadOnlyList<VolatilityFit> tried, string reason, IReadOnlyList<string> said) =>
            new(fit, MovingFit(scaled, fit, tried, options), tried, options, reason, [.. said, .. FitWarnings.Of(fit, scaled, options.Mean)]);
    }

    static VolatilityFit MovingFit(ScaledReturns scaled, VolatilityFit fit, IReadOnlyList<VolatilityFit> candidates, VolatilityOptions options) =>
        fit.Model != VolatilityModel.Constant || options.Model == VolatilityModel.Constant ? fit
            : candidates.Where(other => other.IsUsable && other.Model != VolatilityModel.Constant).MaxBy(other => other.LogLikelihood)
            ?? ModelFit.Of(scaled, VolatilityModel.Ewma, options with { Marginal = MarginalFamily.Normal }, options.EwmaDecay);

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
            Mean = mean switch
            {
                ReturnMean.Zero => 0,
                ReturnMean.Sample => Fit.SampleMean,
                _ => p.Mean,
            },
            Variance = Variance,
            GivenLongRunVariance = Fit.LongRunVariance,
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

    static string State(VolatilityFit fit)
    {
        string state = fit.Status switch
        {
            FitStatus.OnBound => "sits on a bound",
            FitStatus.NotStationary => "is not stationary and is not used",
            FitStatus.Implausible => "is implausible and is not used",
            _ => "did not converge and is not used",
        };
        return $"{ModelChoice.Name(fit)} {state}: {string.Join(", ", fit.Findings)}";
    }
}
