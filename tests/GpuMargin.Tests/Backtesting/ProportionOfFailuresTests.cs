using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class ProportionOfFailuresTests
{
    /// <summary>Tolerance of statistics of a few units, given here in six digits.</summary>
    const double Printed = 5e-6;

    /// <summary>The regions in which Kupiec (1995) does not reject at 95 %, as Jorion prints them (Value at Risk, table 6-3): fewest and most exceedances.</summary>
    [Theory]
    [InlineData(255, 0.01, 0, 6)]
    [InlineData(510, 0.01, 2, 10)]
    [InlineData(1000, 0.01, 5, 16)]
    [InlineData(255, 0.05, 7, 20)]
    [InlineData(510, 0.05, 17, 35)]
    [InlineData(1000, 0.05, 38, 64)]
    [InlineData(255, 0.10, 17, 35)]
    [InlineData(1000, 0.10, 82, 119)]
    public void The_region_of_no_rejection_is_the_published_one(int periods, double probability, int fewest, int most)
    {
        int[] accepted = [.. Enumerable.Range(0, periods + 1).Where(x => ProportionOfFailures.Of(periods, x, probability).PValue > 0.05)];
        Assert.Equal(Enumerable.Range(accepted[0], accepted.Length), accepted);
        // No exceedance in 255 periods at 1 %: the statistic of 5.13 rejects, which the table leaves out because it can hardly be called a failure.
        Assert.Equal(periods == 255 && probability == 0.01 ? 1 : fewest, accepted[0]);
        Assert.Equal(most, accepted[^1]);
    }

    [Fact]
    public void The_statistic_is_twice_the_ratio_of_log_likelihoods()
    {
        // 2·ln[(0.04^10·0.96^240)/(0.01^10·0.99^240)] = 27.725887 − 14.770396
        ProportionOfFailures test = ProportionOfFailures.Of(250, 10, 0.01);
        Assert.Equal(20 * Math.Log(4) + 480 * Math.Log(0.96 / 0.99), test.Statistic, Printed);
        Assert.Equal(12.955491, test.Statistic, Printed);
    }

    [Theory]
    [InlineData(3.841458821, 0.05)]
    [InlineData(6.634896601, 0.01)]
    public void The_p_value_is_that_of_chi_square_with_one_degree(double quantile, double probability)
    {
        // p chosen so that no exceedance in n periods has this statistic: −2n·ln(1 − p).
        ProportionOfFailures test = ProportionOfFailures.Of(100, 0, 1 - Math.Exp(-quantile / 200));
        Assert.Equal(quantile, test.Statistic, 1e-9);
        Assert.Equal(probability, test.PValue, 1e-9);
    }

    [Fact]
    public void As_many_as_expected_are_no_evidence_at_all() => Assert.Equal((0.0, 1.0), (ProportionOfFailures.Of(200, 2, 0.01).Statistic, ProportionOfFailures.Of(200, 2, 0.01).PValue));

    [Fact]
    public void No_period_says_nothing() => Assert.True(double.IsNaN(ProportionOfFailures.Of(0, 0, 0.01).PValue));

    [Fact]
    public void Every_period_may_be_one() => Assert.Equal(2 * 5 * Math.Log(100), ProportionOfFailures.Of(5, 5, 0.01).Statistic, 1e-9);
}
