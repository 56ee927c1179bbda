using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

public sealed class BrownianBridgeTests
{
    const double Rounding = 1e-14; // a few dozen products and sums of numbers below 1

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(250)]
    public void Days_are_an_orthogonal_transform_of_levels_and_the_first_level_is_their_sum(int days)
    {
        BrownianBridge bridge = BrownianBridge.Of(days);
        double[,] matrix = new double[days, days];
        for (int day = 0; day < days; day++)
        {
            for (int e = bridge.First[day]; e < bridge.First[day + 1]; e++)
            {
                Assert.True(e == bridge.First[day] || bridge.Level[e] > bridge.Level[e - 1], "Levels grow within a day.");
                matrix[day, bridge.Level[e]] = bridge.Weight[e];
            }
        }

        for (int a = 0; a < days; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                Assert.Equal(a == b ? 1 : 0, Enumerable.Range(0, days).Sum(level => matrix[a, level] * matrix[b, level]), Rounding);
            }
        }

        for (int level = 0; level < days; level++)
        {
            Assert.Equal(level == 0 ? Math.Sqrt(days) : 0, Enumerable.Range(0, days).Sum(day => matrix[day, level]), 10 * Rounding);
        }
    }

    [Fact]
    public void Earlier_levels_carry_more_of_the_path()
    {
        double[] variance = BrownianBridge.Of(16).Variance;
        Assert.Equal([16, 4, 2, 2, 1, 1, 1, 1], variance[..8]);
        Assert.Equal(variance.OrderDescending(), variance);
    }

    [Fact]
    public void One_day_is_its_own_level()
    {
        BrownianBridge bridge = BrownianBridge.Of(1);
        Assert.Equal([0, 1], bridge.First);
        Assert.Equal([0], bridge.Level);
        Assert.Equal([1.0], bridge.Weight);
    }

    [Fact]
    public void No_day_has_no_level() => Assert.Empty(BrownianBridge.Of(0).Level);
}
