using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration;

public sealed class VolatilityProxyTests
{
    const int Days = 400;

    /// <summary>400 logarithms of ratios, each rounded once.</summary>
    const double TelescopeTolerance = 1e-12;

    [Fact]
    public void Each_factor_gets_a_volatility_factor_behind_all_prices()
    {
        CalibrationResult result = HistoryCalibration.Calibrate(History("A", "B"), new CalibrationOptions { VolatilityFactors = true });
        Assert.Equal(["A", "B", "A.vol", "B.vol"], result.Factors.Select(factor => factor.Factor.Name));
        Assert.All(result.Factors.Skip(2), factor =>
        {
            Assert.Equal((RiskFactorKind.Volatility, 1.0), (factor.Factor.Kind, factor.Factor.Level));
            Assert.Equal((VolatilityProcess.Constant, MarginalFamily.Empirical), (factor.Factor.Process, factor.Factor.Marginal));
            Assert.Equal(Days, factor.Factor.Residuals.Count);
        });
        Assert.Equal(4, result.Dependence.Correlation.GetLength(0));
    }

    [Fact]
    public void The_changes_add_up_to_the_change_of_the_forecast_over_the_history()
    {
        VolatilityFit fit = HistoryCalibration.Calibrate(History("A", "B")).Factors[0].Volatility.Fit;
        Assert.Equal(VolatilityModel.Garch, fit.Model);
        double sum = VolatilityProxy.Changes(fit).Sum();
        double Mean(double h)
        {
            double total = 0;
            for (int day = 0; day < 21; day++, h = fit.Parameters.Omega + (fit.Parameters.Alpha + fit.Parameters.Beta) * h)
            {
                total += h;
            }

            return total / 21;
        }

        Assert.Equal(0.5 * Math.Log(Mean(fit.NextDayVariance) / Mean(fit.ConditionalVariances[0])), sum, TelescopeTolerance);
        Assert.NotEqual(0, sum);
    }

    [Fact]
    public void A_constant_volatility_has_no_changes_to_draw_from_and_is_refused_by_name()
    {
        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => HistoryCalibration.Calibrate(
            History("A", "B"),
            new CalibrationOptions { VolatilityFactors = true, Volatility = new VolatilityOptions { Model = VolatilityModel.Constant } }));
        Assert.Equal(["A", "B"], refused.Faults.Select(fault => fault.Column));
    }

    [Fact]
    public void A_history_that_has_the_name_already_is_refused() =>
        Assert.Equal("A.vol", Assert.Single(Assert.Throws<RefusedInputException>(() => HistoryCalibration.Calibrate(
            History("A", "A.vol"), new CalibrationOptions { VolatilityFactors = true })).Faults).Column);

    // A GARCH(1,1) of each factor's own, driven by sums of uniforms.
    static ReturnHistory History(params string[] factors)
    {
        ulong state = 1;
        double Normal()
        {
            double sum = -6;
            for (int i = 0; i < 12; i++)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                sum += (state >> 11) * (1.0 / (1L << 53));
            }

            return sum;
        }

        double[,] returns = new double[Days, factors.Length];
        for (int factor = 0; factor < factors.Length; factor++)
        {
            double h = 1e-4;
            for (int day = 0; day < Days; day++)
            {
                double e = returns[day, factor] = Math.Sqrt(h) * Normal();
                h = 5e-6 + 0.1 * e * e + 0.85 * h;
            }
        }

        return new ReturnHistory
        {
            Dates = [],
            Factors = factors,
            Returns = returns,
            LastLevels = [.. factors.Select(_ => 100.0)],
            Warnings = [],
            Input = new InputFile("history.csv", 0, ""),
        };
    }
}
