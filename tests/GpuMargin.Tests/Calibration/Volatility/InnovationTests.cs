using GpuMargin.Calibration.Volatility;
using GpuMargin.Calibration.Volatility.Estimation;
using GpuMargin.ClearingSets;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

public sealed class InnovationTests
{
    /// <summary>Rounding of logarithms of the gamma function.</summary>
    const double Rounding = 1e-12;

    [Theory]
    [InlineData(2.5, 0)]
    [InlineData(6, -.3)]
    [InlineData(40, .8)]
    public void Log_densities_and_probabilities_are_the_oracles(double nu, double lambda)
    {
        ReferenceSkewedT reference = new(nu, lambda);
        foreach (double z in (double[])[-8, -1.5, -.2, 0, .1, .7, 3, 12])
        {
            const double H = 2.25;
            double skewed = new SkewedTInnovation(nu, lambda).LogDensity(1.5 * z, H, out _, out _, out _, out _);
            Assert.Equal(Math.Log(reference.Density(z) / 1.5), skewed, Rounding);
            Assert.Equal(reference.Cdf(z), new HansenSkewedT(nu, lambda).Cdf(z), Rounding);
            if (lambda == 0)
            {
                Assert.Equal(skewed, new StudentTInnovation(nu).LogDensity(1.5 * z, H, out _, out _, out _, out _), Rounding);
            }
        }
    }

    [Fact]
    public void The_normal_log_density_is_the_formula() =>
        Assert.Equal(-.5 * Math.Log(2 * Math.PI * 4) - 9.0 / 8, new NormalInnovation().LogDensity(3, 4, out _, out _, out _, out _), Rounding);

    [Theory]
    [InlineData(8, -.4)]
    [InlineData(8, .25)]
    [InlineData(8, 0)]
    public void The_downside_share_is_the_second_moment_below_zero(double nu, double lambda)
    {
        ReferenceSkewedT reference = new(nu, lambda);
        const int Cells = 400_000; // midpoint rule to z = −400: error of both below 1e-7
        double sum = 0;
        for (int i = 0; i < Cells; i++)
        {
            double z = -(i + .5) * .001;
            sum += z * z * reference.Density(z) * .001;
        }

        Assert.Equal(sum, new HansenSkewedT(nu, lambda).DownsideShare, 1e-7);
    }

    [Theory]
    [InlineData(MarginalFamily.Normal, VarianceStartUp.Sample)]
    [InlineData(MarginalFamily.Normal, VarianceStartUp.Unconditional)]
    [InlineData(MarginalFamily.StudentT, VarianceStartUp.Sample)]
    [InlineData(MarginalFamily.SkewedT, VarianceStartUp.Sample)]
    [InlineData(MarginalFamily.SkewedT, VarianceStartUp.Unconditional)]
    public void The_score_is_the_derivative_of_the_log_likelihood(MarginalFamily marginal, VarianceStartUp startUp)
    {
        VolatilityLikelihood likelihood = new(ReferenceReturns.DemGbp[..300], marginal, startUp);
        double[] theta = [.01, .02, .08, .06, .8, 5, -.2];
        double[] score = new double[theta.Length];
        double[] ignored = new double[theta.Length];
        likelihood.Evaluate(theta, score);
        for (int i = 0; i < theta.Length; i++)
        {
            double difference = (4 * Central(i, 1e-5) - Central(i, 2e-5)) / 3; // Richardson
            Assert.Equal(difference, score[i], 1e-7 * Math.Max(100, Math.Abs(difference))); // rounding of the likelihood, 1e-13, over the step
        }

        double Central(int index, double step)
        {
            double[] up = [.. theta], down = [.. theta];
            up[index] += step;
            down[index] -= step;
            return (likelihood.Evaluate(up, ignored) - likelihood.Evaluate(down, ignored)) / (2 * step);
        }
    }
}
