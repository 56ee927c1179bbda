using GpuMargin.Calibration;
using GpuMargin.Calibration.Dependence;
using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

public sealed class TiedDependenceTests
{
    const int Days = 4000;

    /// <summary>Two to three standard deviations of a correlation of 0.5 from so many days.</summary>
    const double Sampling = 0.03;

    /// <param name="step">Width of a tick in units of the t variate: 0.5 leaves 19% of the days unchanged, 2 leaves 64%.</param>
    /// <param name="otherStep">0: the other factor has no ticks.</param>
    [Theory]
    [InlineData(0.5, 0.2, 0.2, 0.02)]
    [InlineData(0.5, 0.5, 0.5, 0.03)]
    [InlineData(0.5, 1, 0.3, 0.01)]
    [InlineData(0.5, 2, 2, 0.03)]
    [InlineData(0.5, 2, 0, 0.01)]
    [InlineData(-0.5, 0.5, 2, -0.01)]
    [InlineData(-0.5, 2, 2, -0.03)]
    [InlineData(0.9, 2, 2, 0.005)]
    public void The_correlation_is_that_of_the_copula_behind_the_ticks(double correlation, double step, double otherStep, double overstated)
    {
        double[,] ticks = Ticks(Latent(correlation, seed: 5), step, otherStep);
        DependenceCalibration dependence = DependenceCalibration.Calibrate(ticks, new CalibrationOptions());
        Assert.InRange(dependence.Correlation[0, 1], correlation - Sampling, correlation + Sampling);
        Assert.Contains(0, dependence.TiedFactors);

        double ofTau = Math.Sin(Math.PI / 2 * GpuMargin.Calibration.Dependence.KendallTau.Matrix(ticks)[0, 1]);
        Assert.True((ofTau - dependence.Correlation[0, 1]) / overstated > 0.6, $"sin(pi tau/2) is {ofTau}, the correlation {dependence.Correlation[0, 1]}");
    }

    [Fact]
    public void Without_ties_it_is_tau_to_the_last_bit()
    {
        double[,] sample = CopulaSamples.StudentT(1000, 3, 5, 0.4, seed: 2);
        sample[7, 0] = sample[900, 0] = 0; // below a hundredth of the pairs ties do not count
        DependenceCalibration dependence = DependenceCalibration.Calibrate(sample, new CalibrationOptions());
        Assert.Empty(dependence.TiedFactors);
        Assert.Equal(GpuMargin.Calibration.Dependence.KendallTau.ToCorrelation(GpuMargin.Calibration.Dependence.KendallTau.Matrix(sample)), dependence.Correlation);
    }

    [Fact]
    public void A_pair_without_ties_keeps_tau_beside_a_factor_with_them()
    {
        double[,] sample = Only(CopulaSamples.StudentT(1000, 3, 5, 0.4, seed: 2), factor: 2, step: 2);
        DependenceCalibration dependence = DependenceCalibration.Calibrate(sample, new CalibrationOptions());
        Assert.Equal([2], dependence.TiedFactors);
        Assert.Equal([2], dependence.CoarseFactors);
        Assert.Equal(Math.Sin(Math.PI / 2 * GpuMargin.Calibration.Dependence.KendallTau.Matrix(sample)[0, 1]), dependence.Correlation[0, 1]);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Ticks_leave_the_degrees_of_freedom(double step)
    {
        double[,] sample = CopulaSamples.StudentT(Days, 5, 5, 0.5, seed: 8);
        double exact = StudentTCopulaFit.OfRanks(sample).DegreesOfFreedom;
        double ofTicks = DependenceCalibration.Calibrate(CopulaSamples.Map(sample, x => Math.Round(x / step) * step), new CalibrationOptions()).Fit.DegreesOfFreedom;
        Assert.InRange(exact, 4.5, 5.5);
        Assert.InRange(ofTicks, 0.85 * exact, 1.15 * exact);
    }

    // A volatility model gives days without a move unequal residuals.
    [Theory]
    [InlineData(VolatilityModel.Constant)]
    [InlineData(VolatilityModel.Ewma)]
    [InlineData(VolatilityModel.Garch)]
    public void Prices_on_ticks_have_the_correlation_behind_them_whatever_the_volatility_model(VolatilityModel model)
    {
        ReturnHistory history = PricesOnTicks(Latent(0.5, seed: 4), tick: 0.5);
        CalibrationResult result = HistoryCalibration.Calibrate(
            history, new CalibrationOptions { Volatility = new VolatilityOptions { Model = model, Marginal = MarginalFamily.Normal } });
        Assert.InRange(result.Dependence.Correlation[0, 1], 0.5 - Sampling, 0.5 + Sampling);
        Assert.Contains(result.Warnings, warning => warning.Contains("days of A, B have the same move", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5.0, 0.5)]
    [InlineData(2.5, -0.8)]
    [InlineData(50.0, 0.95)]
    [InlineData(8.0, 0.02)]
    public void The_copulas_distribution_function_is_the_integral_of_its_conditional_one(double nu, double correlation)
    {
        foreach ((double u, double v) in ((double, double)[])[(0.1, 0.3), (0.5, 0.5), (0.52, 0.5), (0.9, 0.95), (0.02, 0.98)])
        {
            double x = ReferenceStudentT.Quantile(u, nu), y = ReferenceStudentT.Quantile(v, nu);
            const int Steps = 4000;
            double sum = 0;
            for (int k = 0; k < Steps; k++)
            {
                double at = ReferenceStudentT.Quantile((k + 0.5) / Steps * u, nu);
                double scale = Math.Sqrt((nu + at * at) / (nu + 1) * (1 - correlation * correlation));
                sum += ReferenceStudentT.Cdf((y - correlation * at) / scale, nu + 1);
            }

            Assert.Equal(sum / Steps * u, new GpuMargin.Numerics.Estimation.BivariateStudentT(correlation, nu).Probability(u, v, x, y), 1e-4);
        }
    }

    static double[,] Latent(double correlation, int seed)
    {
        double[,] sample = CopulaSamples.StudentT(Days, 2, 5, Math.Abs(correlation), seed);
        for (int day = 0; day < Days && correlation < 0; day++)
        {
            sample[day, 1] = -sample[day, 1];
        }

        return sample;
    }

    static double[,] Ticks(double[,] sample, double step, double otherStep) =>
        otherStep == 0 ? Only(sample, 0, step) : Only(Only(sample, 0, step), 1, otherStep);

    static double[,] Only(double[,] sample, int factor, double step)
    {
        double[,] ticks = (double[,])sample.Clone();
        for (int day = 0; day < sample.GetLength(0); day++)
        {
            ticks[day, factor] = Math.Round(sample[day, factor] / step) * step;
        }

        return ticks;
    }

    // Prices near 100 that move by whole ticks; pulled back, so that a tick stays as large a return as it was.
    static ReturnHistory PricesOnTicks(double[,] latent, double tick)
    {
        double[,] returns = new double[Days, 2];
        double[] price = [100, 100];
        for (int day = 0; day < Days; day++)
        {
            for (int factor = 0; factor < 2; factor++)
            {
                double before = price[factor];
                price[factor] += Math.Round((latent[day, factor] + 0.005 * (100 - before)) / tick) * tick;
                returns[day, factor] = Math.Log(price[factor] / before);
            }
        }

        return new ReturnHistory { Factors = ["A", "B"], Returns = returns, LastLevels = price };
    }
}
