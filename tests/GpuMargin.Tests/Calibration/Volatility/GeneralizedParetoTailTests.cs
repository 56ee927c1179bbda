using GpuMargin.Calibration.Volatility;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

public sealed class GeneralizedParetoTailTests
{
    [Theory]
    [InlineData(.3, 2)]
    [InlineData(0, .5)]
    [InlineData(-.2, 1)]
    public void Known_parameters_are_recovered(double shape, double scale)
    {
        const int Count = 20_000;
        Random random = new(1);
        GeneralizedParetoTail truth = new(shape, scale, 0);
        GeneralizedParetoTail fit = GeneralizedParetoTail.Fit([.. Enumerable.Range(0, Count).Select(_ => truth.UpperQuantile(1 - random.NextDouble()))]);
        // Four asymptotic standard errors (Smith 1987).
        Assert.Equal(shape, fit.Shape, 4 * (1 + shape) / Math.Sqrt(Count));
        Assert.Equal(scale, fit.Scale, 4 * scale * Math.Sqrt(2 * (1 + shape) / Count));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(250)]
    public void The_likelihood_is_largest_at_the_estimate(int count)
    {
        Random random = new(count);
        double[] excesses = [.. Enumerable.Range(0, count).Select(_ => 3 * (Math.Pow(1 - random.NextDouble(), -.2) - 1))];
        GeneralizedParetoTail fit = GeneralizedParetoTail.Fit(excesses);
        Assert.Equal(LogLikelihood(fit.Shape, fit.Scale), fit.LogLikelihood, 1e-9 * count);
        foreach (double step in (double[])[-1e-3, 1e-3])
        {
            Assert.True(LogLikelihood(fit.Shape + step, fit.Scale) < fit.LogLikelihood);
            Assert.True(LogLikelihood(fit.Shape, fit.Scale * (1 + step)) < fit.LogLikelihood);
        }

        double LogLikelihood(double shape, double scale) =>
            excesses.Sum(y => -Math.Log(scale) - (1 + 1 / shape) * Math.Log(1 + shape * y / scale));
    }

    [Fact]
    public void A_tail_that_ends_steeply_gets_the_smallest_shape()
    {
        GeneralizedParetoTail fit = GeneralizedParetoTail.Fit([.. Enumerable.Range(0, 1_000).Select(i => (i + .5) / 1_000)]); // uniform: shape −1
        Assert.Equal(-.5, fit.Shape, 1e-3);
    }

    [Fact]
    public void Too_few_or_wrong_excesses_are_refused()
    {
        Assert.Throws<ArgumentException>(() => GeneralizedParetoTail.Fit([1, 2, 3, 4, 5, 6, 7, 8, 9]));
        Assert.Throws<ArgumentException>(() => GeneralizedParetoTail.Fit([1, 2, 3, 4, 5, 6, 7, 8, 9, -1]));
        Assert.Throws<ArgumentException>(() => GeneralizedParetoTail.Fit([1, 2, 3, 4, 5, 6, 7, 8, 9, double.NaN]));
        Assert.Throws<ArgumentException>(() => GeneralizedParetoTail.Fit(new double[10]));
    }

    [Fact]
    public void The_semi_parametric_quantiles_rise_without_a_gap_and_go_past_history()
    {
        Random random = new(2);
        double[] residuals = [.. Enumerable.Range(0, 2_500).Select(_ => MathNet.Numerics.Distributions.StudentT.Sample(random, 0, 1, 4))];
        SemiParametricDistribution distribution = SemiParametricDistribution.Fit(residuals);
        foreach (double edge in (double[])[.1, .9])
        {
            Assert.Equal(distribution.Quantile(edge - 1e-9), distribution.Quantile(edge + 1e-9), 1e-6); // slope below 100
        }

        double[] points = distribution.Points(5_000);
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        ReferenceEmpirical history = new(residuals);
        Assert.True(distribution.Quantile(1e-6) < history.OrderStatistics[0]);
        Assert.True(distribution.Quantile(1 - 1e-6) > history.OrderStatistics[^1]);
        Assert.Equal(history.Quantile(.3), distribution.Quantile(.3), 1e-12);
        // The tail index of t4 is ¼, at the tenth quantile not reached: 0.15. Three standard errors of 1.15/√250.
        Assert.InRange(distribution.UpperTail.Shape, .15 - .22, .15 + .22);
        Assert.InRange(distribution.LowerTail.Shape, .15 - .22, .15 + .22);
    }

    [Fact]
    public void The_column_of_points_is_read_back_as_the_distribution()
    {
        Random random = new(3);
        double[] residuals = [.. Enumerable.Range(0, 2_500).Select(_ => MathNet.Numerics.Distributions.StudentT.Sample(random, 0, 1, 6))];
        SemiParametricDistribution distribution = SemiParametricDistribution.Fit(residuals);
        double[] points = distribution.Points();
        ReferenceEmpirical column = new(points);
        foreach (double p in (double[])[.0002, .004, .05, .2, .5, .8, .95, .996, .9998])
        {
            Assert.InRange(column.Quantile(p) - distribution.Quantile(p), -.01 * Math.Max(1, Math.Abs(distribution.Quantile(p))), .01 * Math.Max(1, Math.Abs(distribution.Quantile(p)))); // the column is standardised again
        }
    }

    [Fact]
    public void Too_few_residuals_or_a_share_out_of_range_are_refused()
    {
        double[] residuals = [.. Enumerable.Range(0, 99).Select(t => Math.Sin(t))];
        Assert.Throws<ArgumentException>(() => SemiParametricDistribution.Fit(residuals, .05));
        Assert.Throws<ArgumentException>(() => SemiParametricDistribution.Fit(new double[1_000]));
        Assert.Throws<ArgumentException>(() => SemiParametricDistribution.Fit([.. residuals, double.NaN], .2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SemiParametricDistribution.Fit(residuals, .5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SemiParametricDistribution.Fit(residuals, 0));
    }
}
