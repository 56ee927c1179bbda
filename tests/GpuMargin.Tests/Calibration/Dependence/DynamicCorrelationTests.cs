using GpuMargin.Calibration.Dependence;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

public sealed class DynamicCorrelationTests
{
    /// <summary>Sums of some thousand terms in another order.</summary>
    const double Rounding = 1e-9;

    [Fact]
    public void Parameters_are_recovered_within_their_standard_errors_and_beat_static_correlation()
    {
        const double A = 0.04;
        const double B = 0.92;
        const int Samples = 40;
        const double LargestMean = 0.6; // S is estimated, which biases b by about 0.4 standard errors at 1,000 days
        List<double> scoresA = [];
        List<double> scoresB = [];
        for (int seed = 0; seed < Samples; seed++)
        {
            DynamicCorrelation fit = DynamicCorrelation.Fit(CopulaSamples.Dynamic(1000, 5, A, B, 0.4, seed));
            scoresA.Add((fit.A - A) / fit.StandardErrorA);
            scoresB.Add((fit.B - B) / fit.StandardErrorB);
            Assert.True(fit.LogLikelihood > fit.StaticLogLikelihood + 10);
            Assert.False(fit.IsOnBound);
        }

        foreach (List<double> scores in (List<double>[])[scoresA, scoresB])
        {
            SampleMoments moments = SampleMoments.Of([.. scores]);
            Assert.InRange(moments.Mean, -LargestMean, LargestMean);
            Assert.InRange(Math.Sqrt(moments.Variance), 0.65, 1.4); // 0.8–1.25 widened by the error of a deviation of 40 values
        }
    }

    [Fact]
    public void Beyond_fifty_factors_the_pairs_recover_the_parameters()
    {
        DynamicCorrelation fit = DynamicCorrelation.Fit(CopulaSamples.Dynamic(1000, 60, 0.03, 0.93, 0.4, seed: 1));

        Assert.True(fit.Pairs > 1000);
        Assert.InRange((fit.A - 0.03) / fit.StandardErrorA, -4, 4);
        Assert.InRange((fit.B - 0.93) / fit.StandardErrorB, -4, 4);
        DependenceAssert.IsCorrelation(fit.Forecast);
    }

    [Theory]
    [InlineData(0.05, 0.9)]
    [InlineData(0.2, 0)]
    [InlineData(0, 0)]
    public void Both_likelihoods_and_the_forecast_follow_the_recursion(double a, double b)
    {
        const int Days = 120;
        double[,] sample = SampleCorrelation.UnitMeanSquare(CopulaSamples.Dynamic(Days, 2, 0.05, 0.9, 0.5, seed: 2));
        double[,] target = SampleCorrelation.OfScaled(sample);
        double s = target[0, 1];
        (double xx, double yy, double xy) = (1, 1, s);
        double[] expected = new double[Days];
        for (int day = 0; day < Days; day++)
        {
            (double x, double y) = (sample[day, 0], sample[day, 1]);
            double rho = xy / Math.Sqrt(xx * yy);
            expected[day] = -0.5 * (Math.Log(1 - rho * rho) + (x * x + y * y - 2 * rho * x * y) / (1 - rho * rho) - x * x - y * y);
            xx = 1 - a - b + a * x * x + b * xx;
            yy = 1 - a - b + a * y * y + b * yy;
            xy = (1 - a - b) * s + a * x * y + b * xy;
        }

        PairSet pairs = new(target);
        double[] padded = new double[Days * pairs.PaddedLength];
        double[][] rows = new double[Days][];
        for (int day = 0; day < Days; day++)
        {
            rows[day] = [sample[day, 0], sample[day, 1]];
            rows[day].CopyTo(padded, day * pairs.PaddedLength);
        }

        double[] ofPairs = new PairDynamicCorrelationDensity(padded, Days, pairs).Log(a, b);
        double[] ofAll = new DynamicCorrelationDensity(rows, [[1, s], [s, 1]]).Log(a, b);
        for (int day = 0; day < Days; day++)
        {
            Assert.Equal(expected[day], ofPairs[day], Rounding);
            Assert.Equal(expected[day], ofAll[day], Rounding);
        }

        Assert.Equal(xy / Math.Sqrt(xx * yy), SampleCorrelation.Forecast(sample, target, a, b)[0, 1], Rounding);
    }

    [Fact]
    public void Constant_correlation_is_said_to_be_constant()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            DynamicCorrelation fit = DynamicCorrelation.Fit(CopulaSamples.StudentT(600, 3, 0, 0.4, seed));
            Assert.True(fit.LogLikelihood >= fit.StaticLogLikelihood);
            Assert.NotEmpty(fit.Warnings);
            if (fit.A == 0)
            {
                Assert.Equal(fit.Target, fit.Forecast);
            }
        }
    }

    [Fact]
    public void One_factor_and_equal_factors_are_static()
    {
        double[,] one = CopulaSamples.StudentT(60, 1, 4, 0, seed: 3);
        double[,] two = new double[60, 2];
        for (int day = 0; day < 60; day++)
        {
            two[day, 0] = two[day, 1] = one[day, 0];
        }

        Assert.Contains("One factor", Assert.Single(DynamicCorrelation.Fit(one).Warnings), StringComparison.Ordinal);
        DynamicCorrelation equal = DynamicCorrelation.Fit(two);
        Assert.Contains("perfectly correlated", Assert.Single(equal.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, equal.Forecast[0, 1], Rounding);
    }

    [Fact]
    public void A_perfectly_correlated_pair_among_others_gives_a_semi_definite_forecast()
    {
        double[,] sample = CopulaSamples.Dynamic(500, 4, 0.05, 0.9, 0.4, seed: 4);
        for (int day = 0; day < 500; day++)
        {
            sample[day, 3] = -2 * sample[day, 1];
        }

        DynamicCorrelation fit = DynamicCorrelation.Fit(sample);

        Assert.Equal(-1, fit.Forecast[1, 3], Rounding);
        Assert.True(fit.LogLikelihood > fit.StaticLogLikelihood);
        DependenceAssert.IsCorrelation(fit.Forecast);
    }

    [Fact]
    public void A_constant_factor_and_few_days_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DynamicCorrelation.Fit(new double[30, 2]));
        Assert.Throws<ArgumentException>(() => DynamicCorrelation.Fit(new double[,] { { 1, 2 }, { 2, 1 } }));
    }
}
