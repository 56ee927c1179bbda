using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>GARCH(1,1) on the Deutschmark against the pound: the benchmark of Fiorentini, Calzolari and Panattoni (1996), to all the digits known here.</summary>
public sealed class DemGbpBenchmarkTests
{
    /// <summary>Half a unit of the last digit given: coefficients are stated to 1e-13 of their size or better.</summary>
    const double Coefficient = 1e-9;

    /// <summary>Standard errors are stated to ten decimals.</summary>
    const double StandardError = 1e-8;

    /// <summary>One unit of the sixth significant digit at most: these are stated to nine decimals and come from an optimiser that stops 4e-7 standard errors away.</summary>
    const double SixDigits = 1e-6;

    static readonly VolatilityFit s_fit = Of(new() { Marginal = MarginalFamily.Normal });

    [Fact]
    public void The_four_coefficients_are_the_benchmarks()
    {
        VolatilityParameters p = s_fit.Parameters;
        Equal(-.0061904083799, p.Mean, Coefficient);
        Equal(.0107613978518, p.Omega, Coefficient);
        Equal(.15313406182, p.Alpha, Coefficient);
        Equal(.80597367031, p.Beta, Coefficient);
        Assert.Equal(0, p.Gamma);
        Assert.Equal(FitStatus.Converged, s_fit.Status);
    }

    [Fact]
    public void The_log_likelihood_is_the_benchmarks() => Equal(-1106.60788104129, s_fit.LogLikelihood, 1e-13);

    [Fact]
    public void Standard_errors_from_the_Hessian_are_the_benchmarks()
    {
        VolatilityParameters e = s_fit.StandardErrors;
        Equal(.0084621191, e.Mean, StandardError);
        Equal(.0028527120, e.Omega, 5e-8); // the last of ten decimals is 4e-8 of it
        Equal(.0265228310, e.Alpha, StandardError);
        Equal(.0335526889, e.Beta, StandardError);
        Assert.True(double.IsNaN(e.Gamma));
    }

    [Fact]
    public void Robust_standard_errors_are_the_benchmarks()
    {
        VolatilityParameters e = s_fit.RobustStandardErrors;
        Equal(.0091893540, e.Mean, StandardError);
        Equal(.0064931861, e.Omega, 5e-8);
        Equal(.0535317025, e.Alpha, StandardError);
        Equal(.0724614482, e.Beta, StandardError);
    }

    [Fact]
    public void Variance_forecasts_are_the_published_ones()
    {
        double[] expected = [.1469925675, .1517431059, .1562993840, .1606693456, .1648606095];
        double[] forecast = s_fit.Forecast(5);
        for (int day = 0; day < expected.Length; day++)
        {
            Equal(expected[day], forecast[day], 1e-9); // stated to ten decimals
        }

        Equal(.263164613049, s_fit.UnconditionalVariance, 1e-9);
    }

    [Fact]
    public void The_unconditional_start_up_gives_its_own_estimates()
    {
        VolatilityFit fit = Of(new() { Marginal = MarginalFamily.Normal, StartUp = VarianceStartUp.Unconditional });
        Equal(-.006269318, fit.Parameters.Mean, SixDigits);
        Equal(.010983393, fit.Parameters.Omega, SixDigits);
        Equal(.148699664, fit.Parameters.Alpha, SixDigits);
        Equal(.805808563, fit.Parameters.Beta, SixDigits);
        Equal(-1106.94851, fit.LogLikelihood, 1e-8);
    }

    [Fact]
    public void The_t_model_is_the_published_one()
    {
        VolatilityFit fit = Of(new() { Marginal = MarginalFamily.StudentT });
        Equal(.002248651, fit.Parameters.Mean, SixDigits);
        Equal(.002319034, fit.Parameters.Omega, SixDigits);
        Equal(.124437915, fit.Parameters.Alpha, SixDigits);
        Equal(.884653267, fit.Parameters.Beta, SixDigits);
        Equal(4.118426571, fit.Parameters.DegreesOfFreedom, SixDigits);
        Equal(-989.40834895, fit.LogLikelihood, 1e-11);
    }

    [Fact]
    public void Diagnostics_are_those_of_fGarchs_summary()
    {
        // garchFit(~ garch(1, 1), dem2gbp) of R's fGarch, whose estimates differ in the sixth digit.
        VolatilityDiagnostics ten = VolatilityDiagnostics.Of(s_fit, lags: 10, archLags: 12);
        VolatilityDiagnostics fifteen = VolatilityDiagnostics.Of(s_fit, lags: 15);
        Test(10.12142, .4299065, ten.Residuals);
        Test(17.04350, .3162714, fifteen.Residuals);
        Test(9.062553, .5261776, ten.SquaredResiduals);
        Test(16.07769, .3769074, fifteen.SquaredResiduals);

        static void Test(double statistic, double p, HypothesisTest actual)
        {
            Equal(statistic, actual.Statistic, 1e-4);
            Equal(p, actual.PValue, 1e-4);
        }
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e6)]
    public void Estimates_follow_the_unit_of_the_returns(double unit)
    {
        VolatilityFit scaled = Of(new() { Marginal = MarginalFamily.Normal }, unit);
        Equal(s_fit.Parameters.Mean * unit, scaled.Parameters.Mean, Coefficient);
        Equal(s_fit.Parameters.Omega * unit * unit, scaled.Parameters.Omega, Coefficient);
        Equal(s_fit.Parameters.Beta, scaled.Parameters.Beta, Coefficient);
        Equal(s_fit.NextDayVariance * unit * unit, scaled.NextDayVariance, Coefficient);
        Equal(s_fit.RobustStandardErrors.Omega * unit * unit, scaled.RobustStandardErrors.Omega, StandardError);
        Equal(s_fit.LogLikelihood - s_fit.Observations * Math.Log(unit), scaled.LogLikelihood, 1e-12);
    }

    static VolatilityFit Of(VolatilityOptions options, double unit = 1)
    {
        VolatilityCalibration calibration = VolatilityCalibration.Calibrate(
            [.. ReferenceReturns.DemGbp.Select(r => r * unit)], options with { MaximumPersistence = 1.1 });
        return calibration.Candidates[0]; // the t model's persistence is above one, so the factor itself falls back
    }

    static void Equal(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"{actual:R} is not {expected:R} within {relative}.");
}
