using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using Xunit;

namespace GpuMargin.Tests.Calibration;

public sealed class HistoryCalibrationTests
{
    static readonly CalibrationOptions s_usual = new();

    [Fact]
    public void Every_factor_has_the_fit_of_its_own_returns_whatever_stands_beside_it()
    {
        ReturnHistory history = SimulatedHistory.Of(factors: 4, days: 500);
        CalibrationResult result = HistoryCalibration.Calibrate(history);

        for (int factor = 0; factor < 4; factor++)
        {
            double[] returns = [.. Enumerable.Range(0, 500).Select(day => history.Returns[day, factor])];
            VolatilityFit alone = VolatilityCalibration.Calibrate(returns, s_usual.Volatility).Fit;
            Assert.Equal(alone.Parameters, result.Factors[factor].Volatility.Fit.Parameters);
            Assert.Equal(alone.NextDayVariance, result.Factors[factor].Factor.Variance);
            Assert.Equal(1, result.Factors[factor].Factor.Level);
            Assert.Equal(RiskFactorKind.Price, result.Factors[factor].Factor.Kind);
        }
    }

    [Fact]
    public void Progress_is_told_once_per_factor()
    {
        var told = new Counter();
        HistoryCalibration.Calibrate(SimulatedHistory.Of(factors: 5, days: 100), factorsDone: told);
        Assert.Equal([1, 2, 3, 4, 5], told.Values.Order());
    }

    [Fact]
    public void A_cancelled_calibration_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => HistoryCalibration.Calibrate(SimulatedHistory.Of(3, 100), cancellation: stop.Token));
    }

    [Fact]
    public void An_EWMA_is_written_as_a_constant_process_with_the_samples_variance_for_the_long_run()
    {
        ReturnHistory history = SimulatedHistory.Of(1, 400);
        CalibrationResult result = HistoryCalibration.Calibrate(history, s_usual with { Volatility = s_usual.Volatility with { Model = VolatilityModel.Ewma } });

        FactorCalibration factor = Assert.Single(result.Factors);
        Assert.Equal(VolatilityModel.Ewma, factor.Volatility.Fit.Model);
        Assert.Equal(VolatilityProcess.Constant, factor.Factor.Process);
        Assert.Equal((0, 0, 0, 0), (factor.Factor.Omega, factor.Factor.Alpha, factor.Factor.Gamma, factor.Factor.Beta));
        Assert.Equal(factor.Volatility.Fit.NextDayVariance, factor.Factor.Variance);
        double mean = factor.Volatility.Fit.Parameters.Mean;
        Assert.Equal(Enumerable.Range(0, 400).Average(day => Math.Pow(history.Returns[day, 0] - mean, 2)), factor.Factor.LongRunVariance, 1e-12);
        Assert.Contains(result.Warnings, warning => warning.Contains("EWMA", StringComparison.Ordinal) && warning.Contains("constant process", StringComparison.Ordinal));
    }

    [Fact]
    public void A_floor_takes_the_greater_of_forecast_and_long_run_level()
    {
        ReturnHistory history = SimulatedHistory.Of(factors: 8, days: 500, seed: 2);
        CalibrationResult plain = HistoryCalibration.Calibrate(history);
        CalibrationResult floored = HistoryCalibration.Calibrate(history, s_usual with { Volatility = s_usual.Volatility with { FloorAtLongRun = true } });

        Assert.Contains(floored.Factors, factor => factor.Volatility.IsFloored);
        Assert.Contains(floored.Factors, factor => !factor.Volatility.IsFloored);
        foreach ((FactorCalibration before, FactorCalibration after) in plain.Factors.Zip(floored.Factors))
        {
            Assert.Equal(Math.Max(before.Factor.Variance, before.Volatility.Fit.LongRunVariance), after.Factor.Variance);
        }
    }

    [Theory]
    [InlineData(CopulaChoice.StudentT, CopulaFamily.StudentT)]
    [InlineData(CopulaChoice.Gaussian, CopulaFamily.Gaussian)]
    [InlineData(CopulaChoice.Auto, CopulaFamily.StudentT)]
    public void The_copula_is_the_one_asked_for(CopulaChoice choice, CopulaFamily expected)
    {
        CalibrationResult result = HistoryCalibration.Calibrate(SimulatedHistory.Of(3, 500), s_usual with { Copula = choice });
        Assert.Equal(expected, result.Dependence.Copula.Family);
        Assert.Equal(expected == CopulaFamily.StudentT, double.IsFinite(result.Dependence.Copula.DegreesOfFreedom));
    }

    [Fact]
    public void A_single_factor_has_no_dependence_even_when_a_t_copula_is_asked_for()
    {
        CalibrationResult result = HistoryCalibration.Calibrate(SimulatedHistory.Of(1, 300), s_usual with { Copula = CopulaChoice.StudentT, Correlation = CorrelationModel.Dynamic });
        Assert.Equal(CopulaFamily.Gaussian, result.Dependence.Copula.Family);
        Assert.Equal(new double[,] { { 1 } }, result.Dependence.Correlation);
        Assert.NotEmpty(result.Dependence.Warnings);
    }

    [Fact]
    public void A_dynamic_correlation_gives_its_forecast_and_a_static_one_the_rank_correlation()
    {
        ReturnHistory history = SimulatedHistory.Of(3, 500);
        DependenceCalibration dynamic = HistoryCalibration.Calibrate(history, s_usual with { Correlation = CorrelationModel.Dynamic }).Dependence;
        DependenceCalibration fixedOne = HistoryCalibration.Calibrate(history).Dependence;

        Assert.Same(dynamic.Dynamic!.Forecast, dynamic.Correlation);
        Assert.Null(fixedOne.Dynamic);
        Assert.Same(fixedOne.Repair.Matrix, fixedOne.Correlation);
        Assert.Equal(fixedOne.Copula, dynamic.Copula);
    }

    [Theory]
    [InlineData(CorrelationShrinkage.Auto, 40, 30, true)]
    [InlineData(CorrelationShrinkage.Auto, 29, 30, false)]
    [InlineData(CorrelationShrinkage.LedoitWolf, 3, 200, true)]
    [InlineData(CorrelationShrinkage.None, 40, 30, false)]
    public void Correlation_is_shrunk_when_asked_for_or_when_factors_outnumber_days(CorrelationShrinkage shrinkage, int factors, int days, bool shrunk)
    {
        DependenceCalibration dependence = HistoryCalibration.Calibrate(SimulatedHistory.Of(factors, days), s_usual with { Shrinkage = shrinkage }).Dependence;

        // Rounding of eigenvalues of a singular matrix: the last digit times the size.
        const double Rounding = -1e-12;
        Assert.Equal(shrunk, dependence.Shrinkage is not null);
        Assert.Equal(shrunk, dependence.Warnings.Any(warning => warning.Contains("shrunk", StringComparison.Ordinal)));
        Assert.InRange(NearestCorrelation.SmallestEigenvalue(dependence.Correlation), Rounding * factors, 1);
    }

    [Fact]
    public void Every_factor_that_cannot_be_fitted_is_named()
    {
        double[,] returns = SimulatedHistory.Returns(3, 100);
        for (int day = 0; day < 100; day++)
        {
            (returns[day, 0], returns[day, 2]) = (0.001, 0.002 + (day == 7 ? 1e-17 : 0));
        }

        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => HistoryCalibration.Calibrate(SimulatedHistory.Of(returns)));
        Assert.Equal(["F0", "F2"], refused.Faults.Select(fault => fault.Column));
        Assert.DoesNotContain("Parameter", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_before_anything_is_fitted() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        HistoryCalibration.Calibrate(SimulatedHistory.Of(2, 100), s_usual with { Volatility = s_usual.Volatility with { EwmaDecay = 1 } }));

    [Fact]
    public void Parts_of_different_sizes_are_refused()
    {
        ReturnHistory history = SimulatedHistory.Of(2, 100);
        Assert.Throws<ArgumentException>(() => HistoryCalibration.Calibrate(history with { Factors = ["A"] }));
        Assert.Throws<ArgumentException>(() => HistoryCalibration.Calibrate(history with { LastLevels = [1] }));
        Assert.Throws<ArgumentException>(() => HistoryCalibration.Calibrate(history with { Factors = [], Returns = new double[100, 0] }));
    }

    [Fact]
    public void A_known_last_price_is_the_level()
    {
        CalibrationResult result = HistoryCalibration.Calibrate(SimulatedHistory.Of(2, 100) with { LastLevels = [42.5, double.NaN] });
        Assert.Equal([42.5, 1], result.Factors.Select(factor => factor.Factor.Level));
    }

    sealed class Counter : IProgress<long>
    {
        readonly List<long> values = [];

        internal IReadOnlyList<long> Values => values;

        public void Report(long value)
        {
            lock (values)
            {
                values.Add(value);
            }
        }
    }
}
