using GpuMargin.Calibration.Dependence;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics.Estimation;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

public sealed class StudentTCopulaFitTests
{
    const int Seeds = 200;

    /// <summary>The bounds set for a standard error that means what it says.</summary>
    const double LargestMean = 0.25, SmallestDeviation = 0.8, LargestDeviation = 1.25;

    [Theory]
    [InlineData(5, 1000, false)] // likelihood of all factors
    [InlineData(5, 1000, true)]
    [InlineData(12, 250, false)] // likelihood of pairs
    [InlineData(12, 250, true)]
    public void Degrees_of_freedom_are_recovered_within_their_standard_error(int factors, int days, bool ranks)
    {
        const int Nu = 5;
        double[] scores = new double[Seeds];
        for (int seed = 0; seed < Seeds; seed++)
        {
            double[,] sample = CopulaSamples.StudentT(days, factors, Nu, 0.4, seed);
            StudentTCopulaFit fit = ranks ? StudentTCopulaFit.OfRanks(sample) : StudentTCopulaFit.Of(CopulaSamples.Uniforms(sample, Nu));
            Assert.Equal(CopulaFamily.StudentT, fit.Family);
            scores[seed] = (fit.DegreesOfFreedom - Nu) / fit.StandardError;
        }

        SampleMoments moments = SampleMoments.Of(scores);
        Assert.InRange(moments.Mean, -LargestMean, LargestMean);
        Assert.InRange(Math.Sqrt(moments.Variance), SmallestDeviation, LargestDeviation);
    }

    [Theory]
    [InlineData(3, 5 / 16.0)]
    [InlineData(5, 53 / 256.0)]
    public void A_fitted_copula_has_the_published_tail_dependence(int nu, double published)
    {
        // Four standard errors of 20,000 days at two parameters' errors of about 0.01 in ρ and 0.15 in ν.
        const double Tolerance = 0.02;

        StudentTCopulaFit fit = StudentTCopulaFit.OfRanks(CopulaSamples.StudentT(20_000, 2, nu, 0.5, seed: 4));

        Assert.Equal(published, TailDependence.OfStudentTCopula(fit.DegreesOfFreedom, fit.Correlation[0, 1]), Tolerance);
    }

    [Theory]
    [InlineData(5, 1000)]
    [InlineData(12, 250)]
    public void Normal_data_choose_the_Gaussian_copula_in_most_samples(int factors, int days)
    {
        const int Samples = 60;
        const int Most = 57; // BIC's false alarms at 1,000 days are below one in a hundred

        int gaussian = Enumerable.Range(0, Samples).Count(seed =>
            StudentTCopulaFit.OfRanks(CopulaSamples.StudentT(days, factors, 0, 0.4, seed)).Family == CopulaFamily.Gaussian);

        Assert.InRange(gaussian, Most, Samples);
    }

    [Fact]
    public void A_given_correlation_is_used_as_it_is()
    {
        double[,] correlation = CopulaSamples.Constant(3, 0.35);

        StudentTCopulaFit fit = StudentTCopulaFit.Of(CopulaSamples.Uniforms(CopulaSamples.StudentT(500, 3, 4, 0.35, seed: 5), 4), correlation);

        Assert.Same(correlation, fit.Correlation);
        Assert.Null(fit.Repair);
        Assert.True(fit.LogLikelihood > fit.GaussianLogLikelihood);
    }

    [Fact]
    public void The_fit_is_the_maximum_of_the_likelihood()
    {
        double[,] uniforms = PseudoObservations.Of(CopulaSamples.StudentT(800, 4, 6, 0.5, seed: 6)); // as known margins: the same estimate

        StudentTCopulaFit fit = StudentTCopulaFit.Of(uniforms);

        CopulaDensity density = new(StudentTScores.NormalScores(uniforms), CorrelationFactor.TryOf(fit.Correlation)!);
        Assert.Equal(fit.LogLikelihood, density.Log(fit.DegreesOfFreedom).Sum());
        foreach (double factor in (double[])[0.5, 0.9, 0.99, 1.01, 1.1, 2])
        {
            Assert.True(density.Log(factor * fit.DegreesOfFreedom).Sum() < fit.LogLikelihood);
        }
    }

    [Fact]
    public void One_factor_is_Gaussian_and_says_why()
    {
        StudentTCopulaFit fit = StudentTCopulaFit.OfRanks(CopulaSamples.StudentT(50, 1, 4, 0, seed: 7));

        Assert.Equal(CopulaFamily.Gaussian, fit.Family);
        Assert.Equal(new double[,] { { 1 } }, fit.Correlation);
        Assert.Contains("One factor", Assert.Single(fit.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Perfectly_correlated_factors_give_a_semi_definite_matrix(int sign)
    {
        double[,] sample = CopulaSamples.StudentT(300, 4, 4, 0.3, seed: 8);
        for (int day = 0; day < 300; day++)
        {
            sample[day, 2] = sign * sample[day, 0];
        }

        StudentTCopulaFit fit = StudentTCopulaFit.OfRanks(sample);

        Assert.Equal(sign, fit.Correlation[0, 2], DependenceAssert.SmallestEigenvalue);
        Assert.True(fit.Pairs is > 0 and < 6);
        Assert.Equal(CopulaFamily.StudentT, fit.Family);
        DependenceAssert.IsCorrelation(fit.Correlation);
    }

    [Fact]
    public void Two_equal_factors_are_Gaussian_and_say_why()
    {
        double[,] one = CopulaSamples.StudentT(60, 1, 4, 0, seed: 9);
        double[,] sample = new double[60, 2];
        for (int day = 0; day < 60; day++)
        {
            sample[day, 0] = sample[day, 1] = one[day, 0];
        }

        StudentTCopulaFit fit = StudentTCopulaFit.OfRanks(sample);

        Assert.Equal(CopulaFamily.Gaussian, fit.Family);
        Assert.Contains("perfectly correlated", Assert.Single(fit.Warnings), StringComparison.Ordinal);
        DependenceAssert.IsCorrelation(fit.Correlation);
    }

    [Fact]
    public void A_constant_factor_few_days_and_no_uniforms_are_refused()
    {
        Assert.Throws<ArgumentException>(() => StudentTCopulaFit.Of(new double[30, 2]));
        Assert.Throws<ArgumentException>(() => StudentTCopulaFit.Of(new double[,] { { 0.3 }, { 0.6 } }));
        Assert.Contains("between 0 and 1", Assert.Throws<ArgumentException>(() => StudentTCopulaFit.Of(CopulaSamples.StudentT(30, 2, 4, 0, seed: 1))).Message, StringComparison.Ordinal);
    }
}
