using GpuMargin.ClearingSets;
using MathNet.Numerics.Integration;
using Xunit;

namespace GpuMargin.Tests.Reference;

public sealed class ReferenceMarginalTests
{
    const double Quadrature = 1e-9; // Gauss–Legendre over pieces of smooth density; beyond 1e4 lies less than 1e-13

    public static TheoryData<double, double> Skewed => new() // ν, λ
    {
        { 5.5, 0 }, { 5.5, -.3 }, { 8, .6 }, { 30, -.95 }, { double.PositiveInfinity, .4 },
    };

    [Theory]
    [MemberData(nameof(Skewed))]
    public void Hansens_skewed_t_integrates_to_one_with_mean_zero_and_variance_one(double nu, double lambda)
    {
        ReferenceSkewedT t = new(nu, lambda);
        Assert.Equal(1, Integral(t, lambda, _ => 1), Quadrature);
        Assert.Equal(0, Integral(t, lambda, z => z), Quadrature);
        Assert.Equal(1, Integral(t, lambda, z => z * z), 100 * Quadrature); // z² lifts the cut tail
    }

    [Theory]
    [MemberData(nameof(Skewed))]
    public void Its_quantile_and_distribution_function_are_inverse_to_each_other(double nu, double lambda)
    {
        const double Relative = 1e-12; // of the smaller tail
        ReferenceSkewedT t = new(nu, lambda);
        foreach (double p in (double[])[1e-12, 1e-6, .01, .2, .35, .5])
        {
            Assert.Equal(p, t.Cdf(t.Quantile(p)), Relative * p);
            Assert.Equal(p, t.UpperTail(t.UpperQuantile(p)), Relative * p);
            Assert.Equal(t.UpperQuantile(1 - .35), t.Quantile(.35), 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Skewed))]
    public void Its_distribution_function_is_the_integral_of_its_density(double nu, double lambda)
    {
        ReferenceSkewedT t = new(nu, lambda);
        foreach (double z in (double[])[-3, -.5, .2, 2.5])
        {
            Assert.Equal(t.Cdf(z) - t.Cdf(-4), Integral(t, lambda, _ => 1, -4, z), Quadrature);
        }
    }

    [Theory]
    [InlineData(6, -.3, -2, 0.036052643431883499)]
    [InlineData(6, .3, -2, 0.010511330483327148)]
    [InlineData(3.5, .5, 4, 0.9934688987441055)]
    [InlineData(3.5, .5, -.1, 0.55144165350380217)]
    [InlineData(12, -.8, .5, 0.62549575994478573)]
    public void A_skewed_marginal_has_the_probabilities_of_Hansens_density(double nu, double lambda, double z, double probability)
    {
        const double Absolute = 1e-14; // the values are the density integrated with 30 digits (mpmath)
        RiskFactor factor = new()
        {
            Name = "X",
            Kind = RiskFactorKind.Price,
            Level = 1,
            Variance = 1,
            Marginal = MarginalFamily.SkewedT,
            DegreesOfFreedom = nu,
            Skew = lambda,
        };
        Assert.Equal(probability, ReferenceMarginal.Of(factor).Cdf(z), Absolute);
    }

    [Fact]
    public void Mirroring_the_skew_mirrors_the_quantiles()
    {
        ReferenceSkewedT left = new(4, -.3);
        ReferenceSkewedT right = new(4, .3);
        foreach (double p in (double[])[1e-9, .01, .4, .7])
        {
            Assert.Equal(-left.Quantile(p), right.UpperQuantile(p), 1e-13 * Math.Abs(left.Quantile(p)));
        }
    }

    [Fact]
    public void A_t_marginal_is_scaled_to_variance_one()
    {
        RiskFactor factor = new()
        {
            Name = "X",
            Kind = RiskFactorKind.Price,
            Level = 1,
            Variance = 1,
            Marginal = MarginalFamily.StudentT,
            DegreesOfFreedom = 5,
        };
        Assert.Equal(3.3649299989 * Math.Sqrt(.6), ReferenceMarginal.Of(factor).UpperQuantile(.01), 1e-10); // √((5 − 2)/5), printed to 11 digits
    }

    [Fact]
    public void A_marginal_of_the_copulas_own_family_gives_the_scaled_variate_back()
    {
        const double Relative = 1e-13; // one tail probability and its inverse
        ReferenceSkewedT t = new(5, 0);
        ReferenceMarginal marginal = new(t.Quantile, t.UpperQuantile, t.Cdf);
        foreach (double x in (double[])[-40, -3, -.01, .2, 9, 300])
        {
            Assert.Equal(x * Math.Sqrt(.6), marginal.Innovation(new(CopulaFamily.StudentT, 5), x), Relative * Math.Abs(x));
        }
    }

    [Fact]
    public void An_empirical_marginal_interpolates_between_order_statistics_at_Hazens_positions()
    {
        ReferenceEmpirical e = new([7, 3, 5, 9]); // mean 6, variance 5
        double[] z = [.. new double[] { -3, -1, 1, 3 }.Select(x => x / Math.Sqrt(5))];
        Assert.Equal(z, e.OrderStatistics);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(z[i], e.Quantile((i + .5) / 4), 1e-15);
        }

        Assert.Equal((z[0] + z[1]) / 2, e.Quantile(.25), 1e-15);
        Assert.Equal(z[0], e.Quantile(.01));
        Assert.Equal(z[3], e.Quantile(.99));
        Assert.Equal(z[3], e.UpperQuantile(1e-300));
        Assert.Equal(e.Quantile(.7), e.UpperQuantile(.3), 1e-15);
        Assert.Equal(.7, e.Cdf(e.Quantile(.7)), 1e-15);
        Assert.Equal(0, e.Cdf(z[0] - 1e-9));
        Assert.Equal(1, e.Cdf(z[3]));
    }

    [Fact]
    public void The_variance_of_an_empirical_marginal_is_that_of_its_quantiles()
    {
        ReferenceEmpirical e = new([7, 3, 5, 9, -20, 4.5]);
        const int N = 60_000; // midpoints that never straddle a kink: exact but for 1/n² of each piece
        double variance = Enumerable.Range(0, N).Average(i => Math.Pow(e.Quantile((i + .5) / N), 2));
        Assert.Equal(variance, e.Variance, 1e-8);
    }

    static double Integral(ReferenceSkewedT t, double lambda, Func<double, double> weight, double low = -1e4, double high = 1e4)
    {
        double kink = Math.Clamp(t.Quantile((1 - lambda) / 2), low, high);
        return Pieces(z => weight(z) * t.Density(z), low, kink) + Pieces(z => weight(z) * t.Density(z), kink, high);
    }

    // Pieces that grow with the distance from 0.
    static double Pieces(Func<double, double> f, double low, double high)
    {
        double sum = 0;
        for (double x = low; x < high;)
        {
            double end = Math.Min(high, x + Math.Max(.02, Math.Abs(x) / 16));
            sum += GaussLegendreRule.Integrate(f, x, end, 20);
            x = end;
        }
        return sum;
    }
}
