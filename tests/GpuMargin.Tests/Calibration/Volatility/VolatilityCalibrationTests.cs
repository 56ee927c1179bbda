using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

public sealed class VolatilityCalibrationTests
{
    static readonly VolatilityParameters s_garchTruth = new(0, .05, .1, 0, .85, double.NaN, 0);
    static readonly VolatilityParameters s_gjrTruth = new(0, .05, .05, .15, .83, double.NaN, 0);

    [Fact]
    public void A_constant_variance_is_the_sample_variance()
    {
        double[] returns = ReferenceReturns.DemGbp;
        VolatilityFit fit = Fit(returns, new() { Model = VolatilityModel.Constant, Marginal = MarginalFamily.Normal });
        double mean = returns.Average();
        double variance = returns.Average(r => (r - mean) * (r - mean));
        Assert.Equal(mean, fit.Parameters.Mean, 1e-12);
        Assert.Equal(variance, fit.NextDayVariance, 1e-12);
        Assert.Equal(-.5 * returns.Length * (Math.Log(2 * Math.PI * variance) + 1), fit.LogLikelihood, 1e-8);
        Assert.Equal(Math.Sqrt(variance / returns.Length), fit.StandardErrors.Mean, 1e-9);
        Assert.Equal(0, fit.HalfLife);
        Assert.Equal(fit.NextDayVariance, fit.UnconditionalVariance, 1e-12);
        Assert.Equal(2 * 2 - 2 * fit.LogLikelihood, fit.Aic, 1e-9);
        Assert.Equal(2 * Math.Log(returns.Length) - 2 * fit.LogLikelihood, fit.Bic, 1e-9);
    }

    [Fact]
    public void An_EWMA_is_RiskMetrics_recursion_and_a_constant_process_for_the_scenarios()
    {
        double[] returns = ReferenceReturns.DemGbp;
        VolatilityCalibration calibration = VolatilityCalibration.Calibrate(returns, new() { Model = VolatilityModel.Ewma, Marginal = MarginalFamily.StudentT });
        double mean = calibration.Fit.Parameters.Mean;
        double h = returns.Average(r => (r - mean) * (r - mean));
        foreach (double r in returns)
        {
            h = .06 * (r - mean) * (r - mean) + .94 * h;
        }
        // the first step is over the start-up's own square: h₁ = h₀
        Assert.Equal(h, calibration.Fit.NextDayVariance, 1e-12);
        Assert.Equal([h, h, h], calibration.Fit.Forecast(3), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.True(double.IsPositiveInfinity(calibration.Fit.HalfLife));
        RiskFactor factor = calibration.Apply(Factor());
        Assert.Equal(VolatilityProcess.Constant, factor.Process);
        Assert.Equal(h, factor.Variance, 1e-12);
        Assert.Equal((0, 0, 0, 0), (factor.Omega, factor.Alpha, factor.Gamma, factor.Beta));
        Assert.Equal(calibration.Fit.Parameters.DegreesOfFreedom, factor.DegreesOfFreedom);
    }

    [Theory]
    [InlineData(MarginalFamily.Normal)]
    [InlineData(MarginalFamily.StudentT)]
    [InlineData(MarginalFamily.SkewedT)]
    [InlineData(MarginalFamily.Empirical)]
    public void Auto_chooses_the_model_that_the_returns_came_from(MarginalFamily marginal)
    {
        Random random = new(1);
        double[] independent = [.. Enumerable.Range(0, 2_000).Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))];
        Assert.Equal(VolatilityModel.Constant, Chosen(independent).Model);
        Assert.Equal(VolatilityModel.Garch, Chosen(SimulatedReturns.Of(s_garchTruth, 2_000, 1)).Model);
        Assert.Equal(VolatilityModel.Gjr, Chosen(SimulatedReturns.Of(s_gjrTruth, 2_000, 1)).Model);

        VolatilityFit Chosen(double[] returns)
        {
            VolatilityCalibration calibration = VolatilityCalibration.Calibrate(returns, new() { Model = VolatilityModel.Auto, Marginal = marginal });
            Assert.Equal(4, calibration.Candidates.Count(fit => !fit.IsTargeted));
            Assert.All(calibration.Candidates.Where(fit => fit.IsUsable && fit.Model != VolatilityModel.Ewma), fit => Assert.True(fit.Bic >= calibration.Fit.Bic));
            return calibration.Fit;
        }
    }

    [Fact]
    public void A_variance_that_returns_do_not_move_is_constant_and_no_garch_of_a_trend()
    {
        foreach (int seed in (int[])[1, 2, 3, 4, 5, 6, 7, 8])
        {
            Random random = new(seed);
            double[] returns = [.. Enumerable.Range(0, 1_500).Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))];
            VolatilityCalibration calibration = VolatilityCalibration.Calibrate(returns, new() { Marginal = MarginalFamily.Normal });
            if (calibration.Candidates[0].Parameters.Alpha == 0)
            {
                Assert.Equal(FitStatus.Implausible, calibration.Candidates[0].Status);
                Assert.Equal(VolatilityModel.Constant, calibration.Fit.Model);
                Assert.Contains("returns do not move the variance", calibration.Warnings[0], StringComparison.Ordinal);
                return;
            }
        }

        Assert.Fail("No seed puts alpha on its bound.");
    }

    [Fact]
    public void A_gjr_without_any_effect_of_rises_is_a_leverage_model_with_its_other_parameters_estimated()
    {
        double[] returns = SimulatedReturns.Of(new(0, .05, .02, .2, .83, double.NaN, 0), 2_000, 1);
        VolatilityCalibration calibration = VolatilityCalibration.Calibrate(returns, new() { Model = VolatilityModel.Auto, Marginal = MarginalFamily.Normal });
        Assert.Equal((VolatilityModel.Gjr, true), (calibration.Fit.Model, calibration.Fit.IsTargeted)); // one parameter fewer
        VolatilityFit gjr = calibration.Candidates.Single(fit => fit is { Model: VolatilityModel.Gjr, IsTargeted: false });
        Assert.Equal(FitStatus.OnBound, gjr.Status);
        Assert.Equal((0, 4), (gjr.Parameters.Alpha, gjr.FreeParameters)); // mean, omega, gamma, beta
        Assert.True(double.IsNaN(gjr.StandardErrors.Alpha));
        Assert.True(Math.Abs(gjr.Parameters.Gamma - .2) < 4 * gjr.StandardErrors.Gamma);
        Assert.True(Math.Abs(gjr.Parameters.Beta - .83) < 4 * gjr.StandardErrors.Beta);
        Assert.InRange(calibration.Fit.LogLikelihood, gjr.LogLikelihood - Math.Log(2_000) / 2, gjr.LogLikelihood);
        Assert.Equal(calibration.Fit.SampleVariance, calibration.Fit.LongRunVariance, 1e-12);
        Assert.Equal(["GJR with variance targeting: alpha at 0"], calibration.Warnings);
        RiskFactor factor = calibration.Apply(Factor());
        Assert.Equal((VolatilityProcess.Gjr, 0.0), (factor.Process, factor.Alpha));
    }

    [Fact]
    public void The_floor_is_the_greater_of_forecast_and_long_run_level()
    {
        double[] returns = SimulatedReturns.Of(s_garchTruth, 2_000, 3);
        foreach (int end in (int[])[1_600, 1_700, 1_800, 1_900, 2_000])
        {
            VolatilityOptions options = new() { Marginal = MarginalFamily.Normal };
            VolatilityCalibration plain = VolatilityCalibration.Calibrate(returns.AsSpan(0, end), options);
            VolatilityCalibration floored = VolatilityCalibration.Calibrate(returns.AsSpan(0, end), options with { FloorAtLongRun = true });
            Assert.Equal(plain.Fit.NextDayVariance, plain.Variance);
            Assert.False(plain.IsFloored);
            Assert.Equal(Math.Max(plain.Fit.NextDayVariance, plain.Fit.UnconditionalVariance), floored.Variance);
            Assert.Equal(floored.Variance > plain.Variance, floored.IsFloored);
            Assert.Equal(floored.Variance, floored.Apply(Factor()).Variance);
        }
    }

    [Fact]
    public void Forecasts_go_from_the_next_day_to_the_long_run_level_by_half_lives()
    {
        VolatilityFit fit = Fit(SimulatedReturns.Of(s_gjrTruth, 2_000, 5), new() { Model = VolatilityModel.Gjr, Marginal = MarginalFamily.SkewedT });
        double[] forecast = fit.Forecast(2_000);
        Assert.Equal(fit.NextDayVariance, forecast[0]);
        Assert.Equal(fit.UnconditionalVariance, forecast[^1], 1e-9);
        double halfway = fit.UnconditionalVariance + (forecast[0] - fit.UnconditionalVariance) * Math.Exp(-Math.Log(2) / fit.HalfLife * 10);
        Assert.Equal(halfway, forecast[10], 1e-12);
        Assert.Empty(fit.Forecast(0));
    }

    [Fact]
    public void A_gjr_with_skewed_t_is_a_factor_that_the_reader_accepts()
    {
        VolatilityCalibration calibration = VolatilityCalibration.Calibrate(
            SimulatedReturns.Of(s_gjrTruth, 2_000, 7), new() { Model = VolatilityModel.Gjr, Marginal = MarginalFamily.SkewedT });
        RiskFactor factor = calibration.Apply(Factor());
        Assert.Equal(VolatilityProcess.Gjr, factor.Process);
        Assert.True(factor.Omega > 0 && factor.Alpha >= 0 && factor.Alpha + factor.Gamma >= 0 && factor.Beta >= 0);
        Assert.True(factor.Alpha + factor.Gamma / 2 + factor.Beta < 1);
        Assert.Equal(calibration.Fit.Parameters.Skew, factor.Skew);
        Assert.Empty(factor.Residuals);
        Assert.Equal("X", factor.Name);
    }

    [Fact]
    public void An_empirical_marginal_is_quasi_maximum_likelihood_with_the_residuals_kept()
    {
        double[] returns = ReferenceReturns.DemGbp;
        VolatilityFit normal = Fit(returns, new() { Marginal = MarginalFamily.Normal });
        VolatilityCalibration empirical = VolatilityCalibration.Calibrate(returns, new() { Marginal = MarginalFamily.Empirical });
        Assert.Equal(normal.Parameters, empirical.Fit.Parameters);
        IReadOnlyList<double> residuals = empirical.Apply(Factor()).Residuals;
        Assert.Equal(returns.Length, residuals.Count);
        for (int t = 0; t < returns.Length; t++)
        {
            Assert.Equal(returns[t], normal.Parameters.Mean + Math.Sqrt(normal.ConditionalVariances[t]) * residuals[t], 1e-12);
        }

        Assert.Null(VolatilityDiagnostics.Of(empirical.Fit).Uniformity);
    }

    [Fact]
    public void Pareto_tails_go_past_history()
    {
        VolatilityCalibration calibration = VolatilityCalibration.Calibrate(
            ReferenceReturns.DemGbp, new() { Marginal = MarginalFamily.Empirical, ParetoTails = true });
        Assert.Equal(SemiParametricDistribution.UsualPoints, calibration.Innovations.Count);
        Assert.True(calibration.Innovations.Max() > calibration.Fit.StandardizedResiduals.Max());
        Assert.True(calibration.Innovations.Min() < calibration.Fit.StandardizedResiduals.Min());
    }

    [Fact]
    public void A_t_fitted_to_normal_returns_keeps_its_volatility_and_says_what_nu_is()
    {
        Random random = new(4);
        VolatilityFit[] fits =
        [
            .. Enumerable.Range(0, 8).Select(_ => Fit(
                [.. Enumerable.Range(0, 1_000).Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))],
                new() { Model = VolatilityModel.Constant, Marginal = MarginalFamily.StudentT })),
        ];
        VolatilityFit[] atBound = [.. fits.Where(fit => fit.Findings.Any(finding => finding.StartsWith("degrees of freedom at their bound", StringComparison.Ordinal)))];
        Assert.NotEmpty(atBound);
        Assert.All(atBound, fit =>
        {
            Assert.Equal(FitStatus.Converged, fit.Status);
            Assert.True(double.IsNaN(fit.StandardErrors.DegreesOfFreedom));
            Assert.True(fit.StandardErrors.Omega > 0);
        });
    }

    static VolatilityFit Fit(double[] returns, VolatilityOptions options) => VolatilityCalibration.Calibrate(returns, options).Fit;

    static RiskFactor Factor() => new() { Name = "X", Kind = RiskFactorKind.Price, Level = 100, Variance = 1 };
}
