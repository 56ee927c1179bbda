using GpuMargin.Calibration.Dependence;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

public sealed class KendallTauTests
{
    /// <summary>Two square roots and a quotient of exact counts.</summary>
    const double Rounding = 1e-15;

    [Theory]
    [InlineData(2, 3, 0)]
    [InlineData(63, 4, 0)]
    [InlineData(64, 5, 0)]
    [InlineData(257, 6, 0)]
    [InlineData(443, 5, 7)]
    [InlineData(4095, 2, 0)]
    [InlineData(4096, 2, 40)]
    [InlineData(9000, 2, 100)]
    public void The_matrix_is_the_count_of_all_pairs_of_days_with_and_without_ties(int days, int factors, int distinct)
    {
        double[,] sample = CopulaSamples.StudentT(days, factors, 3, 0.4, seed: days);
        if (distinct > 0)
        {
            sample = CopulaSamples.Map(sample, x => Math.Round(Math.Clamp(x, -3, 3) * distinct / 6));
        }

        double[,] tau = KendallTau.Matrix(sample);

        for (int i = 0; i < factors; i++)
        {
            for (int j = 0; j < factors; j++)
            {
                Assert.Equal(i == j ? 1 : Naive(CopulaSamples.Column(sample, i), CopulaSamples.Column(sample, j)), tau[i, j], Rounding);
            }
        }
    }

    [Fact]
    public void Ties_in_one_factor_only_are_counted()
    {
        double[] x = [1, 1, 2, 2, 3, 3, 4];
        double[] y = [5, 1, 3, 2, 7, 6, 4];

        Assert.Equal(Naive(x, y), KendallTau.Of(x, y), Rounding);
        Assert.Equal(Naive(x, y), KendallTau.Of(y, x), Rounding);
        Assert.Equal(-Math.Sqrt(2) / 3, KendallTau.Of([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]), Rounding); // scipy's example
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_sine_recovers_the_correlation_whatever_the_tails(int nu)
    {
        const double Correlation = 0.6;
        const int Days = 20_000;
        const double FourStandardErrors = 4 * 1.1 / 141.4; // √n·(ρ̂ − ρ) has a deviation of at most about 1.1 at ν = 3

        double[,] estimate = KendallTau.ToCorrelation(KendallTau.Matrix(CopulaSamples.StudentT(Days, 2, nu, Correlation, seed: 1)));

        Assert.Equal(Correlation, estimate[0, 1], FourStandardErrors);
        Assert.Equal(estimate[0, 1], estimate[1, 0]);
        Assert.Equal(1, estimate[0, 0]);
    }

    [Fact]
    public void Series_in_and_against_step_have_one_and_minus_one_exactly()
    {
        Assert.Equal(1, KendallTau.Of([1, 2, 3, 4], [10, 20, 30, 40]));
        Assert.Equal(-1, KendallTau.Of([1, 2, 3, 4], [4, 3, 2, 1]));
        Assert.Equal(-1, KendallTau.ToCorrelation(KendallTau.Matrix(new double[,] { { 1, 3 }, { 2, 2 }, { 3, 1 } }))[0, 1]);
    }

    [Fact]
    public void One_factor_has_the_matrix_one() =>
        Assert.Equal(new double[,] { { 1 } }, KendallTau.Matrix(new double[,] { { 1 }, { 2 } }));

    [Fact]
    public void A_constant_factor_is_refused_by_name() =>
        Assert.Contains("Factor 1 (from 0) is constant", Refusal(new double[,] { { 1, 5 }, { 2, 5 } }), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_is_not_finite_is_refused_with_its_place() =>
        Assert.Contains("Factor 0 has the value NaN on day 1", Refusal(new double[,] { { 1 }, { double.NaN }, { 2 } }), StringComparison.Ordinal);

    [Fact]
    public void One_day_is_refused() =>
        Assert.Contains("1 days", Refusal(new double[,] { { 1, 5 } }), StringComparison.Ordinal);

    [Fact]
    public void A_cancelled_count_stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => KendallTau.Matrix(new double[,] { { 1, 3 }, { 2, 2 } }, new CancellationToken(canceled: true)));

    static string Refusal(double[,] sample) => Assert.Throws<ArgumentException>(() => KendallTau.Matrix(sample)).Message;

    static double Naive(double[] x, double[] y)
    {
        long balance = 0;
        long untiedX = 0;
        long untiedY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                balance += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
                untiedX += x[i] == x[j] ? 0 : 1;
                untiedY += y[i] == y[j] ? 0 : 1;
            }
        }

        return balance / Math.Sqrt((double)untiedX * untiedY);
    }
}
