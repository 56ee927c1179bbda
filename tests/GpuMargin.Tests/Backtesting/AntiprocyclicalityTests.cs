using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class AntiprocyclicalityTests
{
    /// <summary>Amounts near 100, rounded a few times.</summary>
    const double Rounding = 1e-12;

    [Fact]
    public void The_buffer_is_used_by_a_rise_and_built_up_again_after_it()
    {
        double[] required = Antiprocyclicality.WithBuffer([100, 100, 120, 130, 140, 100, 100]);
        double[] expected =
        [
            125, // the full buffer
            125,
            125, // 120 > 1.1·100: rising, yesterday's 125 stays
            130, // exhausted
            140,
            101.25, // not above 110: a twentieth of 25 % a day
            102.5,
        ];
        Assert.Equal(expected, required, (x, y) => Math.Abs(x - y) < Rounding);
    }

    [Fact]
    public void A_rise_is_one_over_twenty_days()
    {
        // 0.4 % a day is 8.3 % over 20 days and 0.5 % a day is 10.5 %.
        double[] slow = [.. Enumerable.Range(0, 60).Select(day => 100 * Math.Pow(1.004, day))];
        double[] fast = [.. Enumerable.Range(0, 60).Select(day => 100 * Math.Pow(1.005, day))];
        Assert.Equal(1.25 * slow[^1], Antiprocyclicality.WithBuffer(slow)[^1], Rounding * 100);
        double[] used = Antiprocyclicality.WithBuffer(fast);
        Assert.Equal(1.25 * fast[19], used[19], Rounding * 100);
        Assert.Equal(1.25 * fast[19], used[40], Rounding * 100); // held since it became significant
    }

    [Fact]
    public void The_requirement_stays_between_the_margin_and_a_quarter_more()
    {
        var random = new Random(3);
        double level = 100;
        double[] margins = [.. Enumerable.Range(0, 500).Select(_ => level *= Math.Exp(0.05 * (random.NextDouble() - 0.5)))];
        double[] required = Antiprocyclicality.WithBuffer(margins);
        for (int day = 0; day < margins.Length; day++)
        {
            Assert.InRange(required[day], margins[day] * (1 - Rounding), 1.25 * margins[day] * (1 + Rounding));
        }
    }

    [Fact]
    public void Nothing_is_required_of_nothing() => Assert.Equal([0, 0, 125, 125], Antiprocyclicality.WithBuffer([0, 0, 100, 100]).Select((x, day) => day < 2 ? x : 1.25 * x), (x, y) => x <= y);

    [Theory]
    [InlineData(100, 300, 150)]
    [InlineData(100, 60, 100)]
    [InlineData(0, 40, 10)]
    public void A_quarter_of_the_stressed_margin_and_three_of_the_calculated_one(double margin, double stressed, double required) =>
        Assert.Equal(required, Antiprocyclicality.WithStress(margin, stressed));

    [Theory]
    [InlineData(100, 120, 120)]
    [InlineData(100, 80, 100)]
    public void The_long_run_is_a_floor(double margin, double longRun, double required) =>
        Assert.Equal(required, Antiprocyclicality.WithFloor(margin, longRun));
}
