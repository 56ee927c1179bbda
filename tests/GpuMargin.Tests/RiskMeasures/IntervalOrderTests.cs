using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.RiskMeasures;

public sealed class IntervalOrderTests
{
    static readonly decimal[] s_confidences = [0.5m, 0.9m, 0.95m, 0.975m, 0.99m, 0.995m, 0.999m];

    [Fact]
    public void Estimates_lie_inside_their_intervals_and_shortfall_above_value_at_risk_for_every_small_size()
    {
        foreach (int scenarios in Enumerable.Range(1, 257).Append(443))
        {
            foreach (decimal confidence in s_confidences)
            {
                foreach (double[] losses in LossSample.All(scenarios))
                {
                    Estimate var = ValueAtRisk.Estimate(losses, scenarios, confidence);
                    AssertOrdered(var);
                    if (scenarios * (1 - confidence) < 1)
                    {
                        Assert.Throws<ArgumentException>(() => ExpectedShortfall.Estimate(losses, scenarios, confidence));
                        continue;
                    }

                    Estimate es = ExpectedShortfall.Estimate(losses, scenarios, confidence);
                    AssertOrdered(es);
                    Assert.True(es.Value >= var.Value);
                    Assert.True(es.Value <= losses[0]);
                }
            }
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.0)]
    [InlineData(-123.456)]
    public void A_constant_loss_is_its_own_measure_with_an_interval_of_zero_width(double loss)
    {
        double[] losses = Enumerable.Repeat(loss, 1_000).ToArray();
        var expected = new Estimate(loss, loss, loss);

        Assert.Equal(expected, ValueAtRisk.Estimate(losses, 1_000, 0.975m));
        Assert.Equal(expected, ExpectedShortfall.Estimate(losses, 1_000, 0.975m));
    }

    [Fact]
    public void Equal_worst_losses_above_a_lower_threshold_give_a_finite_interval()
    {
        double[] losses = Enumerable.Repeat(5.0, 120).Concat(Enumerable.Repeat(1.0, 9_880)).ToArray();

        Estimate es = ExpectedShortfall.Estimate(losses, 10_000, 0.99m);

        Assert.Equal(5.0, es.Value);
        AssertOrdered(es);
    }

    [Fact]
    public void Losses_of_any_representable_size_give_numbers()
    {
        foreach (double scale in new[] { 1e-300, double.Epsilon * 16, 1e300 })
        {
            double[] losses = LossSample.Distinct(1_000).Select(loss => loss * scale).ToArray();
            AssertOrdered(ExpectedShortfall.Estimate(losses, 1_000, 0.99m));
        }
    }

    static void AssertOrdered(Estimate estimate) =>
        Assert.True(
            estimate.Low <= estimate.Value && estimate.Value <= estimate.High && double.IsFinite(estimate.High - estimate.Low),
            estimate.ToString());
}
