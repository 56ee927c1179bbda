using GpuMargin.RiskMeasures;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GpuMargin.Tests.RiskMeasures;

public sealed class QuantileRanksTests
{
    // Rounding of the cumulative probabilities; matters at exact ties only, such as one scenario at 97.5 %.
    const double Rounding = 1e-12;

    public static TheoryData<int, string> Sizes
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (string confidence in new[] { "0.5", "0.9", "0.95", "0.975", "0.99", "0.995", "0.999999" })
            {
                foreach (int scenarios in new[] { 1, 2, 3, 5, 6, 7, 100, 257, 367, 368, 443, 1_000, 10_000, 100_003 })
                {
                    data.Add(scenarios, confidence);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Interval_ranks_are_the_innermost_that_miss_at_most_a_fortieth_each(int scenarios, string confidence)
    {
        decimal alpha = Parse(confidence);
        QuantileRanks ranks = QuantileRanks.For(scenarios, alpha);
        var beyond = new Binomial((double)(1 - alpha), scenarios);
        double AtMost(int count) => count < 0 ? 0 : beyond.CumulativeDistribution(count);

        if (ranks.HasUpperBound)
        {
            Assert.True(AtMost(ranks.UpperRank - 1) <= 0.025 + Rounding);
        }

        Assert.True(AtMost(ranks.HasUpperBound ? ranks.UpperRank : 0) > 0.025 - Rounding);
        if (ranks.HasLowerBound)
        {
            Assert.True(1 - AtMost(ranks.LowerRank - 1) <= 0.025 + Rounding);
        }

        Assert.True(1 - AtMost(ranks.HasLowerBound ? ranks.LowerRank - 2 : scenarios - 1) > 0.025 - Rounding);
        Assert.InRange(ranks.ValueAtRiskRank, ranks.UpperRank, ranks.LowerRank);
        Assert.InRange(ranks.LowerRank, 1, scenarios);
    }

    [Theory]
    [InlineData(10_000, "0.99", 100, 0.0)]
    [InlineData(1_000, "0.9", 100, 0.0)] // 1000·(1 − 0.9) is 99.99999999999997 in double precision
    [InlineData(443, "0.975", 11, 0.075)]
    [InlineData(443, "0.99", 4, 0.43)]
    [InlineData(1, "0.5", 0, 0.5)]
    [InlineData(7, "0.5", 3, 0.5)]
    [InlineData(1_000_000, "0.999999", 1, 0.0)]
    [InlineData(999_999, "0.999999", 0, 0.999999)]
    public void The_tail_is_counted_in_decimal_arithmetic(int scenarios, string confidence, int whole, double fraction)
    {
        QuantileRanks ranks = QuantileRanks.For(scenarios, Parse(confidence));

        Assert.Equal(whole, ranks.Whole);
        Assert.Equal(fraction, ranks.Fraction);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("0.95")]
    [InlineData("0.975")]
    [InlineData("0.99")]
    [InlineData("0.995")]
    [InlineData("0.9999")]
    public void An_upper_bound_exists_from_the_stated_number_of_scenarios(string confidence)
    {
        decimal alpha = Parse(confidence);
        int fewest = (int)QuantileRanks.ScenariosForUpperBound(alpha);

        Assert.True(QuantileRanks.For(fewest, alpha).HasUpperBound);
        Assert.False(QuantileRanks.For(fewest - 1, alpha).HasUpperBound);
    }

    [Fact]
    public void At_99_percent_368_scenarios_bound_the_value_at_risk() =>
        Assert.Equal(368, QuantileRanks.ScenariosForUpperBound(0.99m));

    [Fact]
    public void A_hundred_million_scenarios_have_ranks_two_standard_deviations_apart()
    {
        QuantileRanks ranks = QuantileRanks.For(100_000_000, 0.99m);
        double deviation = Math.Sqrt(1e8 * 0.01 * 0.99);

        // The normal approximation is within a few ranks here: its skewness term is (z² − 1)/6 ≈ 0.5.
        const double Approximation = 3;
        Assert.Equal(1e6 - 1.959963984540054 * deviation, ranks.UpperRank, Approximation);
        Assert.Equal(1e6 + 1.959963984540054 * deviation, ranks.LowerRank, Approximation);
    }

    [Theory]
    [InlineData(0, "0.99")]
    [InlineData(100, "0.49")]
    [InlineData(100, "1")]
    public void Scenarios_and_confidence_outside_their_ranges_are_refused(int scenarios, string confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileRanks.For(scenarios, Parse(confidence)));

    static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
