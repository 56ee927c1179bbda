using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.RiskMeasures;

public sealed class ErrorRateTests
{
    // Of logarithms and powers, which are a few units in the last place of numbers up to a million.
    const double Rounding = 1e-9;

    static readonly int[] s_scenarios = [1000, 2000, 4000, 8000];

    static double[] Power(double slope) => [.. s_scenarios.Select(n => 0.5 * Math.Pow(n / 1000.0, slope))];

    [Theory]
    [InlineData(-0.5)]
    [InlineData(-0.9)]
    [InlineData(0.1)]
    public void A_power_is_found_again(double slope) => Assert.Equal(slope, ErrorRate.Fit(s_scenarios, Power(slope)).Slope, Rounding);

    [Fact]
    public void Two_points_are_taken_as_independent_scenarios()
    {
        ErrorRate rate = ErrorRate.Fit([1000, 4000], [0.2, 0.1]);

        Assert.Equal(-0.5, rate.Slope);
        Assert.Equal(0.1, Math.Exp(rate.Intercept) / Math.Sqrt(4000), Rounding);
    }

    [Theory]
    [InlineData(0.3, 2777.777777777, false)]
    [InlineData(0.5, 1000, true)]
    [InlineData(1, 250, true)]
    [InlineData(0.05, 100_000, true)]
    public void Scenarios_for_an_error_follow_the_points_and_beyond_them_the_rate(double error, double scenarios, bool extrapolated)
    {
        (double needed, bool beyond) = ErrorRate.Needed(error, s_scenarios, Power(-0.5));

        Assert.Equal(1, needed / scenarios, Rounding);
        Assert.Equal(extrapolated, beyond);
    }

    [Fact]
    public void Errors_that_do_not_fall_need_no_end_of_scenarios() =>
        Assert.Equal((double.PositiveInfinity, true), ErrorRate.Needed(0.01, s_scenarios, Power(0.2)));
}
