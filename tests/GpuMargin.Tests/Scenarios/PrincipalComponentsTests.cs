using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

public sealed class PrincipalComponentsTests
{
    const double Rounding = 1e-12; // a few hundred products below 1 and the factorisation's own error

    [Fact]
    public void Loadings_give_the_correlation_back_and_components_fall_in_variance()
    {
        foreach (int n in (int[])[1, 2, 3, 17, 60])
        {
            double[,] correlation = OneFactorModel(n);
            (double[] loadings, double[] variances) = PrincipalComponents.Of(correlation);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    Assert.Equal(correlation[i, j], Enumerable.Range(0, n).Sum(k => loadings[i * n + k] * loadings[j * n + k]), Rounding);
                }
            }

            Assert.Equal(variances.OrderDescending(), variances);
            for (int k = 0; k < n; k++)
            {
                Assert.True(Enumerable.Range(0, n).Select(i => loadings[i * n + k]).MaxBy(Math.Abs) >= 0, $"component {k}");
            }
        }
    }

    [Fact]
    public void Two_factors_have_the_closed_form()
    {
        (double[] loadings, double[] variances) = PrincipalComponents.Of(new double[,] { { 1, -0.5 }, { -0.5, 1 } });
        Assert.Equal(1.5, variances[0], Rounding);
        Assert.Equal(0.5, variances[1], Rounding);
        Assert.Equal(Math.Sqrt(0.75), Math.Abs(loadings[0]), Rounding);
        Assert.Equal(Math.Sqrt(0.25), Math.Abs(loadings[1]), Rounding);
        Assert.True(loadings[0] * loadings[2] < 0 && loadings[1] * loadings[3] > 0);
    }

    [Fact]
    public void A_singular_matrix_has_components_without_variance()
    {
        double[,] correlation = { { 1, 1, -1 }, { 1, 1, -1 }, { -1, -1, 1 } };
        (double[] loadings, double[] variances) = PrincipalComponents.Of(correlation);
        Assert.Equal(3, variances[0], Rounding);
        Assert.All(variances[1..], v => Assert.InRange(v, 0, Rounding));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(correlation[i, j], Enumerable.Range(0, 3).Sum(k => loadings[i * 3 + k] * loadings[j * 3 + k]), Rounding);
            }
        }
    }

    [Fact]
    public void Repeating_repeats_the_bits() =>
        Assert.Equal(PrincipalComponents.Of(OneFactorModel(40)).Loadings, PrincipalComponents.Of(OneFactorModel(40)).Loadings);

    static double[,] OneFactorModel(int n)
    {
        double[,] correlation = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                correlation[i, j] = i == j ? 1 : Loading(i) * Loading(j);
            }
        }

        return correlation;

        double Loading(int i) => 0.9 - 1.5 * i / n;
    }
}
