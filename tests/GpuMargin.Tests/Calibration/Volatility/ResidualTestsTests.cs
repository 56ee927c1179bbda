using GpuMargin.Calibration.Volatility;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

public sealed class ResidualTestsTests
{
    [Fact]
    public void Ljung_Box_is_the_formula_on_a_small_series()
    {
        // Centred −2 … 2: ρ₁ = 4/10, ρ₂ = −1/10; Q = 5·7·(0.16/4 + 0.01/3).
        HypothesisTest test = ResidualTests.LjungBox([1, 2, 3, 4, 5], 2);
        Assert.Equal(35 * (.16 / 4 + .01 / 3), test.Statistic, 1e-12);
        Assert.Equal(2, test.DegreesOfFreedom);
        Assert.Equal(Math.Exp(-test.Statistic / 2), test.PValue, 1e-12); // χ² with two degrees of freedom
    }

    [Fact]
    public void Engles_statistic_with_one_lag_is_the_squared_correlation()
    {
        double[] z = [1, -2, .5, 1.5, -.3, 2.2, -1.1, .4];
        double[] now = [.. z.Skip(1).Select(x => x * x)];
        double[] before = [.. z.SkipLast(1).Select(x => x * x)];
        double correlation = MathNet.Numerics.Statistics.Correlation.Pearson(now, before);
        Assert.Equal(7 * correlation * correlation, ResidualTests.ArchLm(z, 1).Statistic, 1e-12);
    }

    [Fact]
    public void P_values_are_uniform_when_the_hypothesis_holds()
    {
        const int Series = 400;
        Random random = new(1);
        double[][] draws = [.. Enumerable.Range(0, Series).Select(_ => Enumerable.Range(0, 1_000).Select(_ => Normal.Sample(random, 0, 1)).ToArray())];
        foreach (Func<double[], HypothesisTest> test in (Func<double[], HypothesisTest>[])
            [z => ResidualTests.LjungBox(z, 10), z => ResidualTests.ArchLm(z, 5), z => ResidualTests.Uniformity([.. z.Select(x => Normal.CDF(0, 1, x))])])
        {
            double[] p = [.. draws.Select(z => test(z).PValue)];
            Assert.True(ResidualTests.Uniformity(p).PValue > 1e-3); // one in a thousand sets of draws would fail; these are fixed
            Assert.InRange(p.Count(value => value < .05) / (double)Series, .02, .08); // three standard errors of 0.011
        }
    }

    [Fact]
    public void Volatility_clustering_autocorrelation_and_a_wrong_marginal_are_found()
    {
        double[] clustered = SimulatedReturns.Of(new(0, .05, .15, 0, .8, double.NaN, 0), 2_000, 1);
        Assert.True(ResidualTests.ArchLm(clustered, 5).PValue < 1e-6);
        Assert.True(ResidualTests.LjungBox([.. clustered.Select(x => x * x)], 10).PValue < 1e-6);
        double[] correlated = [.. clustered.Zip(clustered.Skip(1), (a, b) => a + b)];
        Assert.True(ResidualTests.LjungBox(correlated, 10).PValue < 1e-6);
        Assert.True(ResidualTests.Uniformity([.. clustered.Select(x => Normal.CDF(.3, 1, x))]).PValue < 1e-6);
    }

    [Fact]
    public void Kolmogorovs_critical_value_has_five_per_cent()
    {
        const int Count = 1_000_000;
        double shift = 1.358099 / Math.Sqrt(Count); // Kolmogorov's 95 % point
        HypothesisTest test = ResidualTests.Uniformity([.. Enumerable.Range(0, Count).Select(i => Math.Min(1, (i + .5) / Count + shift))]);
        Assert.Equal(shift + .5 / Count, test.Statistic, 1e-12);
        Assert.Equal(.05, test.PValue, 3e-4); // half a millionth of distance and Stephens' correction
        Assert.Equal(1, ResidualTests.Uniformity([.. Enumerable.Range(0, 100).Select(i => (i + .5) / 100)]).PValue);
    }

    [Fact]
    public void Constant_series_have_nothing_to_find()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 100)];
        Assert.Equal(new HypothesisTest(0, 10, 1), ResidualTests.LjungBox(ones, 10));
        Assert.Equal(new HypothesisTest(0, 5, 1), ResidualTests.ArchLm(ones, 5));
    }

    [Fact]
    public void More_lags_than_the_series_allows_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ResidualTests.LjungBox([1, 2, 3], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResidualTests.LjungBox([1, 2, 3], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResidualTests.ArchLm([1, 2, 3, 4], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResidualTests.Uniformity([]));
    }
}
