using GpuMargin.Numerics.Estimation;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Numerics;

public sealed class StudentTScoresTests
{
    /// <summary>Tolerance as documented: the interpolation's error at ν = 2.01, far out, is the largest.</summary>
    const double Accuracy = 5e-8;

    [Theory]
    [InlineData(2.01)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(500)]
    public void The_quantile_of_a_normal_score_is_the_t_quantile_of_its_probability(double nu)
    {
        StudentTScores scores = new(nu);
        for (double z = 0.003; z < StudentTScores.LargestScore; z += 0.0971)
        {
            double expected = ReferenceStudentT.UpperQuantile(ReferenceNormal.UpperTail(z), nu);

            Assert.Equal(expected, scores.Quantile(z, out double logTerm), Accuracy * expected);
            Assert.Equal(Math.Log(1 + expected * expected / nu), logTerm, Accuracy);
            Assert.Equal(-scores.Quantile(z, out _), scores.Quantile(-z, out double mirrored));
            Assert.Equal(logTerm, mirrored);
        }
    }

    [Fact]
    public void The_median_is_zero_and_the_largest_score_is_in_the_table()
    {
        StudentTScores scores = new(4);

        Assert.Equal(0, scores.Quantile(0, out _));
        Assert.True(double.IsFinite(scores.Quantile(StudentTScores.LargestScore, out _)));
    }

    [Fact]
    public void Normal_scores_are_limited_to_the_table()
    {
        double[] scores = Assert.Single(StudentTScores.NormalScores(new double[,] { { 0.5, 0.975, 0.01, double.Epsilon } }));

        Assert.Equal(0, scores[0], 1e-15);
        Assert.Equal(1.959963984540, scores[1], 1e-12);
        Assert.Equal(-2.326347874041, scores[2], 1e-12);
        Assert.Equal(-StudentTScores.LargestScore, scores[3]);
    }
}
