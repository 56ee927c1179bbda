using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class RealizedMarketTests
{
    [Fact]
    public void Volatility_is_the_root_mean_square_of_a_month_per_year()
    {
        double[,] returns = SyntheticHistory.Alternating(100, 0.01);
        for (int day = 0; day < 50; day++)
        {
            returns[day, 0] = 1; // long ago
        }

        Assert.Equal(0.01 * Math.Sqrt(252), RealizedMarket.VolatilityOf(returns, 80, 0, 252), 1e-14);
        Assert.Equal(Math.Sqrt(252.0), RealizedMarket.VolatilityOf(returns, 5, 0, 252), 1e-14); // the six days there are
    }

    [Fact]
    public void Correlation_is_that_of_a_quarter()
    {
        double[,] returns = new double[100, 3];
        for (int day = 0; day < 100; day++)
        {
            double x = day % 2 == 0 ? 1 : -1, y = day % 4 < 2 ? 1 : -1;
            (returns[day, 0], returns[day, 1], returns[day, 2]) = (x, day < 30 ? -x : 2 * x, y);
        }

        double[,] correlation = RealizedMarket.CorrelationOf(returns, 99);
        Assert.Equal(1, correlation[0, 1], 1e-14);
        Assert.InRange(correlation[0, 2], -1.0 / 63, 1.0 / 63); // 63 products of ±1 that cancel but for one
        Assert.Equal(1, correlation[2, 2], 1e-14);
    }

    [Fact]
    public void The_correlation_window_is_63_days() => AssertWindow(63, (returns, day) => RealizedMarket.CorrelationOf(returns, day)[0, 1]);

    [Fact]
    public void The_volatility_window_is_21_days() => AssertWindow(21, (returns, day) => RealizedMarket.VolatilityOf(returns, day, 0, 252));

    // A day that differs from all others counts as the oldest of the window, and the day after it does not count.
    static void AssertWindow(int days, Func<double[,], int, double> measure)
    {
        const int Outlier = 100;
        double[,] returns = new double[300, 2], plain = new double[300, 2];
        for (int day = 0; day < 300; day++)
        {
            (plain[day, 0], plain[day, 1]) = (returns[day, 0], returns[day, 1]) = (0.01, day % 2 == 0 ? 0.01 : -0.01);
        }

        (returns[Outlier, 0], returns[Outlier, 1]) = (0.1, 0.1);
        Assert.NotEqual(measure(plain, Outlier + days - 1), measure(returns, Outlier + days - 1));
        Assert.Equal(measure(plain, Outlier + days), measure(returns, Outlier + days));
    }
}
