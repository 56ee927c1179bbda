using GpuMargin.Calibration;
using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class LookBackTests
{
    // Two factors of very different size; the second is wild on days 300 … 549, the first on days 700 … 799.
    static readonly double[,] s_returns = Returns();

    [Theory]
    [InlineData(200, 0, 201)]
    [InlineData(299, 0, 250)]
    [InlineData(599, 300, 550)]
    [InlineData(699, 300, 550)]
    public void The_worst_period_is_the_one_known_by_then(int day, int first, int end) =>
        Assert.Equal(new DayRange(first, end), LookBack.Worst(s_returns, day));

    [Fact]
    public void Later_days_are_not_looked_at()
    {
        double[,] other = (double[,])s_returns.Clone();
        for (int day = 600; day < 1000; day++)
        {
            other[day, 0] = other[day, 1] = 1;
        }

        Assert.Equal(LookBack.Worst(s_returns, 599), LookBack.Worst(other, 599));
    }

    [Theory]
    [InlineData(99, 0, 100)]
    [InlineData(2519, 0, 2520)]
    [InlineData(3000, 481, 3001)]
    public void The_long_run_is_ten_years_or_what_there_is(int day, int first, int end) => Assert.Equal(new DayRange(first, end), LookBack.LongRun(day));

    [Fact]
    public void Variances_are_mean_squares_about_the_models_mean()
    {
        var history = SyntheticHistory.History(s_returns);
        CalibrationResult calibration = HistoryCalibration.Calibrate(KnownHistory.Until(history, 599), new CalibrationOptions { VolatilityFactors = true });
        double[] variances = LookBack.Variances(history, calibration, 599, new DayRange(300, 550));
        double mean = calibration.Factors[1].Volatility.Fit.Parameters.Mean;
        double expected = Enumerable.Range(300, 250).Average(day => Math.Pow(s_returns[day, 1] - mean, 2));
        Assert.Equal(expected, variances[1], expected * 1e-12); // 250 terms
        double[] changes = VolatilityProxy.Changes(calibration.Factors[3].ProxyFit!);
        double level = calibration.Factors[3].Volatility.Fit.Parameters.Mean;
        double ofVolatility = Enumerable.Range(300, 250).Average(day => Math.Pow(changes[day] - level, 2));
        Assert.Equal(ofVolatility, variances[3], ofVolatility * 1e-9);
    }

    static double[,] Returns()
    {
        var random = new Random(1);
        double[,] returns = new double[1000, 2];
        for (int day = 0; day < 1000; day++)
        {
            returns[day, 0] = 0.001 * (random.Next(2) * 2 - 1) * (day is >= 700 and < 800 ? 2 : 1) * (1 + 1e-3 * random.NextDouble());
            returns[day, 1] = 0.1 * (random.Next(2) * 2 - 1) * (day is >= 300 and < 550 ? 2 : 1) * (day < 250 ? 1.001 : 1);
        }

        return returns;
    }
}
