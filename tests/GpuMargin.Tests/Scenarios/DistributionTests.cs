using GpuMargin.Numerics;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Scenarios;

/// <summary>The planner's distribution functions against the oracle's, at the errors they state.</summary>
public sealed class DistributionTests(ITestOutputHelper output)
{
    const double DensityError = 1e-12; // relative

    [Theory]
    [InlineData(2.0001)]
    [InlineData(2.1)]
    [InlineData(3)]
    [InlineData(6.5)]
    [InlineData(31.79)]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(1e7)]
    public void Tails_of_the_t_distribution_keep_their_relative_accuracy(double nu)
    {
        ISymmetricDistribution t = StudentT.Create(nu);
        double worst = 0;
        for (int i = 0; i <= 300; i++)
        {
            double x = ReferenceStudentT.UpperQuantile(.5 * Math.Pow(2e-13, i / 300.0), nu);
            double expected = ReferenceStudentT.UpperTail(x, nu);
            worst = Math.Max(worst, Math.Abs(t.UpperTail(x) - expected) / expected);
            Assert.Equal(ReferenceStudentT.Density(x, nu), t.Density(x), DensityError * ReferenceStudentT.Density(x, nu));
        }
        output.WriteLine($"ν {nu}: {worst:E1}");
        Assert.True(worst <= 5e-14 + (1e-16 * nu), $"{worst:E2}");
        Assert.Equal(.5, t.UpperTail(0));
    }

    [Theory]
    [InlineData(2.0001)]
    [InlineData(2.1)]
    [InlineData(3)]
    [InlineData(6.5)]
    [InlineData(31.79)]
    [InlineData(1e3)]
    [InlineData(1e5)]
    [InlineData(1e7)]
    public void Both_tails_of_the_chi_square_distribution_keep_their_relative_accuracy(double nu)
    {
        ChiSquare chiSquare = new(nu);
        double worst = 0;
        int points = nu > 1e4 ? 8 : 200; // the oracle's series has as many terms as √ν
        for (int i = 0; i <= points; i++)
        {
            double p = .5 * Math.Pow(2e-11, (double)i / points);
            double low = ReferenceChiSquare.Quantile(p, nu);
            double high = ReferenceChiSquare.UpperQuantile(p, nu);
            worst = Math.Max(worst, Math.Abs(chiSquare.Tails(low).Lower - ReferenceChiSquare.Cdf(low, nu)) / p);
            worst = Math.Max(worst, Math.Abs(chiSquare.Tails(high).Upper - ReferenceChiSquare.UpperTail(high, nu)) / p);
        }
        output.WriteLine($"ν {nu}: {worst:E1}");
        Assert.True(worst <= 1e-13 + (2e-15 * nu), $"{worst:E2}");
    }
}
