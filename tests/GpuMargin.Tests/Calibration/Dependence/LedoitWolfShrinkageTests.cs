using GpuMargin.Calibration.Dependence;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

public sealed class LedoitWolfShrinkageTests
{
    /// <summary>Sums in another order.</summary>
    const double Rounding = 1e-10;

    [Theory]
    [InlineData(40, 6)]
    [InlineData(200, 3)]
    public void The_intensity_is_the_papers_formula_term_by_term(int days, int factors)
    {
        double[,] sample = CopulaSamples.StudentT(days, factors, 5, 0.3, seed: 1);
        for (int day = 0; day < days; day++)
        {
            sample[day, 1] += sample[day, 0];
        }

        LedoitWolfShrinkage shrinkage = LedoitWolfShrinkage.Of(sample);

        Assert.Equal(Naive(sample), shrinkage.Intensity, Rounding);
        Assert.InRange(shrinkage.Intensity, 1e-3, 1);
    }

    [Fact]
    public void More_factors_than_days_become_positive_definite()
    {
        double[,] sample = CopulaSamples.StudentT(50, 120, 5, 0.3, seed: 2);

        LedoitWolfShrinkage shrinkage = LedoitWolfShrinkage.Of(sample);

        Assert.NotNull(CorrelationFactor.TryOf(shrinkage.Correlation));
        Assert.NotNull(CorrelationFactor.TryOf(shrinkage.Apply(KendallTau.ToCorrelation(KendallTau.Matrix(sample)))));
        DependenceAssert.IsCorrelation(shrinkage.Correlation);
    }

    [Fact]
    public void One_factor_and_two_factors_are_sound()
    {
        Assert.Equal(new double[,] { { 1 } }, LedoitWolfShrinkage.Of(CopulaSamples.StudentT(50, 1, 5, 0, seed: 3)).Correlation);
        DependenceAssert.IsCorrelation(LedoitWolfShrinkage.Of(CopulaSamples.StudentT(50, 2, 5, 0.4, seed: 3)).Correlation);
    }

    [Fact]
    public void A_constant_factor_is_refused() =>
        Assert.Throws<ArgumentException>(() => LedoitWolfShrinkage.Of(new double[,] { { 1, 2 }, { 1, 3 } }));

    static double Naive(double[,] sample)
    {
        int n = sample.GetLength(0);
        int p = sample.GetLength(1);
        double[][] y = new double[p][];
        for (int i = 0; i < p; i++)
        {
            double[] x = CopulaSamples.Column(sample, i);
            double mean = x.Average();
            double deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
            y[i] = [.. x.Select(v => (v - mean) / deviation)];
        }

        double Mean(Func<int, double> term) => Enumerable.Range(0, n).Average(term);
        double[,] s = new double[p, p];
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                s[i, j] = Mean(t => y[i][t] * y[j][t]);
            }
        }

        double average = 0;
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < i; j++)
            {
                average += 2 * s[i, j] / (p * (p - 1.0));
            }
        }

        double pi = 0;
        double rho = 0;
        double gamma = 0;
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                double piIj = Mean(t => Math.Pow(y[i][t] * y[j][t] - s[i, j], 2));
                pi += piIj;
                gamma += i == j ? 0 : Math.Pow(average - s[i, j], 2);
                rho += i == j ? piIj : average / 2 * (Theta(i) + Theta(j));
                double Theta(int k) => Mean(t => (y[k][t] * y[k][t] - 1) * (y[i][t] * y[j][t] - s[i, j]));
            }
        }

        return Math.Clamp((pi - rho) / gamma / n, 0, 1);
    }
}
