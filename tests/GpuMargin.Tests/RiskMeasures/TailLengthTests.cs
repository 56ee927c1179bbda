using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.RiskMeasures;

public sealed class TailLengthTests
{
    static readonly decimal[] s_confidences = [0.5m, 0.9m, 0.95m, 0.975m, 0.99m, 0.995m, 0.999m];

    [Fact]
    public void The_kept_tail_gives_the_same_bits_as_all_losses()
    {
        foreach (int scenarios in new[] { 2, 100, 443, 5_000 })
        {
            foreach (decimal confidence in s_confidences.Where(alpha => scenarios * (1 - alpha) >= 1))
            {
                double[] losses = LossSample.Distinct(scenarios);
                double[] tail = losses[..TailLength.Required(scenarios, confidence)];

                Assert.Equal(
                    ValueAtRisk.Estimate(losses, scenarios, confidence), ValueAtRisk.Estimate(tail, scenarios, confidence));
                Assert.Equal(
                    ExpectedShortfall.Estimate(losses, scenarios, confidence), ExpectedShortfall.Estimate(tail, scenarios, confidence));
            }
        }
    }

    [Theory]
    [InlineData(10_000, "0.99", 146)]
    [InlineData(100_000, "0.99", 1_271)]
    [InlineData(100, "0.99", 22)]
    [InlineData(10, "0.99", 10)]
    [InlineData(1, "0.99", 1)]
    public void The_tail_is_a_quarter_longer_than_the_quantile_and_never_longer_than_the_sample(
        int scenarios, string confidence, int length) =>
        Assert.Equal(
            length, TailLength.Required(scenarios, decimal.Parse(confidence, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_tail_that_is_too_short_unsorted_or_not_finite_is_refused()
    {
        double[] losses = LossSample.Distinct(1_000);
        double[] ascending = losses.Reverse().ToArray();
        double[] broken = [double.NaN, .. losses[1..]];
        double[] infinite = [double.PositiveInfinity, .. losses[1..]];

        foreach (double[] tail in new[] { losses[..10], ascending, broken, infinite })
        {
            Assert.Throws<ArgumentException>(() => ExpectedShortfall.Estimate(tail, 1_000, 0.99m));
            Assert.Throws<ArgumentException>(() => ValueAtRisk.Estimate(tail, 1_000, 0.99m));
        }
    }
}
