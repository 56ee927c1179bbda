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
    public void Falls_raise_the_proxy_though_the_price_has_a_symmetric_model()
    {
        CalibrationResult result = HistoryCalibration.Calibrate(Gjr(3000), new CalibrationOptions { VolatilityFactors = true });
        Assert.Equal(VolatilityModel.Garch, result.Factors[0].Volatility.Fit.Model);
        Assert.Equal(VolatilityModel.Gjr, result.Factors[1].ProxyFit!.Model);
        Assert.Null(result.Factors[0].ProxyFit);
        Assert.InRange(result.Dependence.Correlation[0, 1], -0.9, -0.2);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Rises_raise_the_proxy_only_on_evidence(int turned, bool gjr)
    {
        ReturnHistory history = turned == 1 ? Gjr(3000) : Symmetric();
        for (int day = 0; day < history.Returns.GetLength(0); day++)
        {
            history.Returns[day, 0] *= -1;
        }

        CalibrationResult result = HistoryCalibration.Calibrate(history, new CalibrationOptions { VolatilityFactors = true });
        VolatilityFit asked = VolatilityCalibration.Calibrate(Dependence.CopulaSamples.Column(history.Returns, 0), new VolatilityOptions { Model = VolatilityModel.Gjr }).Fit;
        Assert.True(asked.Parameters.Gamma < 0);
        Assert.Equal(gjr ? VolatilityModel.Gjr : VolatilityModel.Garch, result.Factors[1].ProxyFit!.Model);
    }

    [Fact]
    public void A_recorded_volatility_is_a_factor_of_its_own_and_needs_no_proxy()
    {
        double[,] returns = History("A", "B", "C").Returns;
        for (int day = 0; day < Days; day++)
        {
            returns[day, 2] = 3 * returns[day, 2] - 3 * returns[day, 0];
        }

        ReturnHistory history = History("A", "B", "A.vol") with { Returns = returns, LastLevels = [100, 100, 0.31] };
        CalibrationResult plain = HistoryCalibration.Calibrate(history), withProxies = HistoryCalibration.Calibrate(history, new CalibrationOptions { VolatilityFactors = true });
        Assert.Equal(["A", "B", "A.vol"], plain.Factors.Select(factor => factor.Factor.Name));
        Assert.Equal(["A", "B", "A.vol", "B.vol"], withProxies.Factors.Select(factor => factor.Factor.Name));
        Assert.Equal((RiskFactorKind.Volatility, 0.31), (plain.Factors[2].Factor.Kind, plain.Factors[2].Factor.Level));
        Assert.Equal(VolatilityModel.Garch, plain.Factors[2].Volatility.Fit.Model);
        Assert.Equal([true, true, true, false], withProxies.Factors.Select(factor => factor.ProxyFit is null));
        Assert.InRange(plain.Dependence.Correlation[0, 2], -0.85, -0.55); // -1/sqrt(2)
    }

    [Theory]
    [InlineData("A", "A.vol", "A.vol.vol", RiskFactorKind.Volatility, RiskFactorKind.Price)]
    [InlineData("A", "B.vol", "B.vol.vol", RiskFactorKind.Price, RiskFactorKind.Volatility)]
    [InlineData("A", "A.vol.30d0.5", "A.vol.30d0.25", RiskFactorKind.Volatility, RiskFactorKind.Volatility)]
    [InlineData("A", "A.vol.", "B.vol.30d", RiskFactorKind.Price, RiskFactorKind.Price)]
    public void Only_the_volatility_of_a_price_is_one(string first, string second, string third, RiskFactorKind ofSecond, RiskFactorKind ofThird) =>
        Assert.Equal([RiskFactorKind.Price, ofSecond, ofThird], History(first, second, third).KindOfEach());

    // A GARCH whose sample has a positive γ by chance.
    static ReturnHistory Symmetric()
    {
        for (int seed = 1; ; seed++)
        {
            var random = new Random(seed);
            double[,] returns = new double[1500, 1];
            double h = 1e-4;
            for (int day = 0; day < 1500; day++)
            {
                double e = returns[day, 0] = Math.Sqrt(h) * Dependence.CopulaSamples.Normal(random);
                h = 5e-6 + 0.1 * e * e + 0.85 * h;
            }

            VolatilityFit fit = VolatilityCalibration.Calibrate(Dependence.CopulaSamples.Column(returns, 0), new VolatilityOptions { Model = VolatilityModel.Gjr }).Fit;
            if (fit.Model == VolatilityModel.Gjr && fit.Parameters.Gamma > 0.2 * fit.RobustStandardErrors.Gamma && fit.Parameters.Gamma < fit.RobustStandardErrors.Gamma)
            {
                return new ReturnHistory { Factors = ["A"], Returns = returns, LastLevels = [100] };
            }
        }
    }

    // h' = 4e-6 + (0.08 + 0.14·[e < 0])·e² + 0.8·h, with normal innovations.
    static ReturnHistory Gjr(int days)
    {
        var random = new Random(3);
        double[,] returns = new double[days, 1];
        double h = 8e-5;
        for (int day = 0; day < days; day++)
        {
            double e = returns[day, 0] = Math.Sqrt(h) * Dependence.CopulaSamples.Normal(random);
            h = 4e-6 + (e < 0 ? 0.22 : 0.08) * e * e + 0.8 * h;
        }

        return new ReturnHistory { Factors = ["A"], Returns = returns, LastLevels = [100] };
    }

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
