using GpuMargin.RiskMeasures;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.RiskMeasures;

/// <summary>Ordinary losses are trusted, options sold far out of the money are not, and trusted intervals seldom miss.</summary>
public sealed class TailVerdictTests(ITestOutputHelper output)
{
    const int Seeds = 2000;

    // Measured with 1,500 seeds: at most 5 % in any family.
    const double LargestTrustedMiss = 0.07;

    [Theory]
    [InlineData("normal", 10_000, 0.99)]
    [InlineData("t4", 10_000, 0.97)]
    [InlineData("t10", 10_000, 0.99)]
    [InlineData("normal", 1000, 0.99)]
    [InlineData("t10", 1000, 0.98)]
    public void Ordinary_losses_are_trusted(string losses, int scenarios, double least)
    {
        (double trusted, double missed, _) = Count(Losses(losses), scenarios);
        Assert.InRange(trusted, least, 1);
        Assert.InRange(missed, 0, LargestTrustedMiss);
    }

    [Theory]
    [InlineData("put 85", 200)]
    [InlineData("put 85", 1000)]
    [InlineData("put 85", 10_000)]
    [InlineData("put 80", 200)]
    [InlineData("put 80", 1000)]
    [InlineData("put 80", 10_000)]
    [InlineData("put 70", 10_000)]
    public void Options_sold_far_out_of_the_money_are_not(string losses, int scenarios)
    {
        (double trusted, double missed, double covered) = Count(Losses(losses), scenarios);
        Assert.True(covered < 0.92, "the family is one that lies");
        Assert.InRange(trusted, 0, 0.1);
        Assert.InRange(missed, 0, LargestTrustedMiss);
    }

    [Fact]
    public void Gains_in_the_tail_say_nothing_of_the_losses_behind_them() =>
        Assert.False(Verdict([100, .. Enumerable.Repeat(-1.0, 200)]).IsTrusted);

    [Fact]
    public void The_same_loss_throughout_is_a_cap_and_trusted() => Assert.True(Verdict([.. Enumerable.Repeat(5.0, 200)]).IsTrusted);

    [Fact]
    public void One_scenario_with_more_than_a_quarter_of_the_shortfall_is_told()
    {
        double[] tail = [.. Enumerable.Range(0, 200).Select(i => 10 - 0.01 * i)];
        Assert.True(Verdict(tail).IsTrusted);
        Assert.False(Verdict(tail).LargestShare > TailVerdict.LargestTrustedShare);
        tail[0] = 400;
        Assert.False(Verdict(tail).IsTrusted);
        Assert.True(Verdict(tail).LargestShare > TailVerdict.LargestTrustedShare);
    }

    [Fact]
    public void Under_importance_sampling_one_term_with_more_than_a_third_of_the_excess_is_not_trusted()
    {
        double[] losses = [.. Enumerable.Range(0, 600).Select(i => 20 - 0.01 * i)];
        double[] weights = [.. Enumerable.Repeat(0.25, 600)];
        QuantileRanks ranks = QuantileRanks.For(10_000, 0.99m);
        (Estimate var, Estimate es) = WeightedTail.Estimate(losses, weights, [.. Enumerable.Range(0, 600)], 0, ranks);
        Assert.True(TailVerdict.Of(losses, weights, ranks, var, es).IsTrusted);

        losses[0] = 2000;
        (var, es) = WeightedTail.Estimate(losses, weights, [.. Enumerable.Range(0, 600)], 0, ranks);
        Assert.False(TailVerdict.Of(losses, weights, ranks, var, es).IsTrusted);
    }

    [Theory]
    [InlineData(1, 0.0030, true)] // 0.474
    [InlineData(1, 0.0032, false)] // 0.490
    [InlineData(4, 0.0025, true)] // 0.429, and 0.460 of ES
    [InlineData(4, 0.0030, false)] // 0.474, 0.506
    public void Under_importance_sampling_neither_a_quantile_of_the_tail_nor_the_shortfall_is_about_twice_value_at_risk(double top, double slope, bool trusted)
    {
        // Weights of ¼: VaR is 1, loss 401 of 600, and a quarter of the tail's weight lies above loss 101. The first fifty excesses are larger.
        QuantileRanks ranks = QuantileRanks.For(10_000, 0.99m);
        double[] losses = [.. Enumerable.Range(0, 600).Select(i => 1 + slope * (400 - i) * (i < 50 ? top : 1))];
        double[] weights = [.. Enumerable.Repeat(0.25, losses.Length)];
        (Estimate var, Estimate es) = WeightedTail.Estimate(losses, weights, [.. Enumerable.Range(0, losses.Length)], 0, ranks);
        Assert.Equal(1, var.Value);
        Assert.Equal(trusted, TailVerdict.Of(losses, weights, ranks, var, es).IsTrusted);
    }

    [Theory]
    [InlineData(0.0)] // Sobol points
    [InlineData(2.0)] // the first weight exceeds m: VaR is the largest loss, the interval has no width
    public void Fewer_than_ten_tail_scenarios_say_nothing_beside_independent_ones_without_weights(double weight)
    {
        double[] losses = [.. Enumerable.Range(0, 100).Select(i => 20 - 0.01 * i)];
        double[] weights = weight > 0 ? [.. Enumerable.Repeat(weight, 100)] : [];
        QuantileRanks ranks = QuantileRanks.For(200, 0.995m);
        (Estimate var, Estimate es) = WeightedTail.Estimate(losses, weights, [.. Enumerable.Range(0, 100)], 16, ranks);
        Assert.False(TailVerdict.Of(losses, weights, ranks, var, es).IsTrusted);

        Array.Fill(losses, 5);
        (var, es) = WeightedTail.Estimate(losses, weights, [.. Enumerable.Range(0, 100)], 16, ranks);
        Assert.True(TailVerdict.Of(losses, weights, ranks, var, es).IsTrusted);
    }

    static TailVerdict Verdict(double[] tail)
    {
        QuantileRanks ranks = QuantileRanks.For(10_000, 0.99m);
        return TailVerdict.Of(tail, ranks, ExpectedShortfall.Estimate(tail, ranks).Value);
    }

    (double Trusted, double TrustedMisses, double Covered) Count(Func<double, double> loss, int scenarios)
    {
        QuantileRanks ranks = QuantileRanks.For(scenarios, 0.99m);
        double truth = Shortfall(loss, 0.01);
        int trusted = 0, missed = 0, covered = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            double[] tail = new UpperOrderStatistics((ulong)seed * 0xD1342543DE82EF95).Draw(TailLength.Required(ranks), scenarios, loss);
            Estimate es = ExpectedShortfall.Estimate(tail, ranks);
            bool covers = es.Low <= truth && truth <= es.High, isTrusted = TailVerdict.Of(tail, ranks, es.Value).IsTrusted;
            covered += covers ? 1 : 0;
            trusted += isTrusted ? 1 : 0;
            missed += isTrusted && !covers ? 1 : 0;
        }

        output.WriteLine($"{scenarios}: trusted {trusted / (double)Seeds:P1}, trusted and missed {missed / (double)Seeds:P1}, covered {covered / (double)Seeds:P1}");
        return (trusted / (double)Seeds, missed / (double)Seeds, covered / (double)Seeds);
    }

    static Func<double, double> Losses(string name) => name switch
    {
        "normal" => UpperOrderStatistics.Normal,
        "t4" => UpperOrderStatistics.StudentT4,
        "t10" => UpperOrderStatistics.StudentT(10),
        // A put of a month on 100, sold, after a day whose log-return is t4 with standard deviation 1.2 %.
        _ => probability => Put(100 * Math.Exp(-0.012 / Math.Sqrt(2) * UpperOrderStatistics.StudentT4(probability)), Strike(name), 29 / 252.0)
            - Put(100, Strike(name), 30 / 252.0),
    };

    static double Strike(string name) => double.Parse(name.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    static double Put(double spot, double strike, double years)
    {
        double deviation = 0.2 * Math.Sqrt(years), d = Math.Log(spot / strike) / deviation + deviation / 2;
        return strike * MathNet.Numerics.Distributions.Normal.CDF(0, 1, deviation - d) - spot * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -d);
    }

    // Mean of the losses over tail probabilities below p; midpoints in the logarithm.
    static double Shortfall(Func<double, double> loss, double p)
    {
        const int Steps = 20_000;
        const double Span = 28; // e^−28 of p
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double x = Math.Exp(-Span * (i + 0.5) / Steps);
            sum += x * loss(p * x) * Span / Steps;
        }

        return sum;
    }
}
