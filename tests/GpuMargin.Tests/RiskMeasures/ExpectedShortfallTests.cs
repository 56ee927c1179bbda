using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.RiskMeasures;

public sealed class ExpectedShortfallTests
{
    [Fact]
    public void Expected_shortfall_is_the_weighted_mean_of_the_worst_losses()
    {
        double[] losses = [9, 7, 4, 3, 2, 1, 0, -1, -2, -3];

        // m = 2.5: (9 + 7 + 0.5·4)/2.5
        Assert.Equal(7.2, ExpectedShortfall.Estimate(losses, 10, 0.75m).Value);
        Assert.Equal(4, ValueAtRisk.Estimate(losses, 10, 0.75m).Value);
        Assert.Equal(9, ExpectedShortfall.Estimate(losses, 10, 0.9m).Value);
        Assert.Equal(7, ValueAtRisk.Estimate(losses, 10, 0.9m).Value);
        Assert.Equal(5, ExpectedShortfall.Estimate(losses, 10, 0.5m).Value);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(443)]
    public void Expected_shortfall_is_continuous_in_the_confidence_and_never_falls(int scenarios)
    {
        const decimal Step = 0.0001m;
        double[] losses = LossSample.Distinct(scenarios);
        double previous = double.NegativeInfinity;
        double largestStep = 0;
        for (decimal confidence = 0.9m; scenarios * (1 - confidence) >= 1; confidence += Step)
        {
            double value = ExpectedShortfall.Estimate(losses, scenarios, confidence).Value;

            // dES/dα = (ES − VaR)/(1 − α), at most the spread of the tail, over at most scenarios/1.
            double slope = (losses[0] - ValueAtRisk.Estimate(losses, scenarios, confidence).Value) / (double)(1 - confidence);
            Assert.True(value >= previous - 1e-14 * Math.Abs(value)); // rounding of a sum of at most 100 terms
            if (previous > double.NegativeInfinity)
            {
                Assert.True(value - previous <= slope * (double)Step);
                largestStep = Math.Max(largestStep, value - previous);
            }

            previous = value;
        }

        Assert.True(largestStep > 0);
    }

    [Fact]
    public void Scaling_by_a_power_of_two_scales_every_bit()
    {
        double[] losses = LossSample.Distinct(10_000);
        double[] scaled = losses.Select(loss => loss * 1024).ToArray();

        Estimate es = ExpectedShortfall.Estimate(losses, 10_000, 0.99m);

        Assert.Equal(
            new Estimate(es.Value * 1024, es.Low * 1024, es.High * 1024), ExpectedShortfall.Estimate(scaled, 10_000, 0.99m));
    }

    [Fact]
    public void Adding_cash_moves_estimate_and_interval_by_as_much()
    {
        const double Cash = -250;

        // A few hundred additions of numbers near 250, each rounded to 2⁻⁴⁶ ≈ 1.4e-14.
        const double Rounding = 1e-11;
        double[] losses = LossSample.Distinct(10_000);
        double[] moved = losses.Select(loss => loss + Cash).ToArray();

        Estimate es = ExpectedShortfall.Estimate(losses, 10_000, 0.99m);
        Estimate after = ExpectedShortfall.Estimate(moved, 10_000, 0.99m);

        Assert.True(after.High < 0);
        Assert.Equal(es.Value + Cash, after.Value, Rounding);
        Assert.Equal(es.Low + Cash, after.Low, Rounding);
        Assert.Equal(es.High + Cash, after.High, Rounding);
    }
}
