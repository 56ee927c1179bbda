using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;
using Xunit;

namespace GpuMargin.Tests.Numerics;

public sealed class CholeskyTests
{
    const double Rounding = 1e-14; // a few roundings of sums of squares that are 1

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(70)]
    [InlineData(131)]
    [InlineData(300)]
    public void Panels_give_the_bits_of_the_plain_triple_loop_and_dot_products_the_same_to_rounding(int count)
    {
        double[,] matrix = EqualCorrelations(count, 0.3);
        double[] plain = PlainLoop(matrix);
        Cholesky factor = Cholesky.TryOf(matrix)!;
        Assert.Equal(plain, factor.Rows);
        Assert.Equal(plain, Cholesky.TryOf(matrix, threads: 1)!.Rows);
        Assert.Equal(plain, Cholesky.TryOf(matrix, threads: 3)!.Rows);
        Assert.Equal(plain.Length, factor.Rows.Length);
        Assert.Equal(count, factor.Count);

        Cholesky other = Cholesky.TryOf(matrix, DotProducts.Eliminate)!;
        Assert.All(plain.Zip(other.Rows), pair => Assert.Equal(pair.First, pair.Second, Rounding));
        Assert.All(Enumerable.Range(0, count), i => Assert.Equal(other.Pivots[i], other.Row(i)[i] * other.Row(i)[i], Rounding));
    }

    [Fact]
    public void A_pivot_at_the_least_one_is_singular_and_one_above_is_not()
    {
        Assert.NotNull(Cholesky.TryOf(Pair(Math.Sqrt(1 - 2 * Cholesky.LeastPivot))));
        Assert.Null(Cholesky.TryOf(Pair(Math.Sqrt(1 - Cholesky.LeastPivot / 2))));
        Assert.Null(Cholesky.TryOf(Pair(1)));
        Assert.Null(Cholesky.TryOf(Pair(double.NaN)));
        Assert.Null(Cholesky.TryOf(Pair(1), DotProducts.Eliminate));
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(1, true)]
    [InlineData(-1, true)]
    [InlineData(1.0000000001, true)] // an eigenvalue of −1e-10, half of what two rows allow
    [InlineData(1.000000001, false)]
    [InlineData(2, false)]
    public void Semi_definite_is_what_has_no_eigenvalue_below_zero_but_for_rounding(double correlation, bool expected)
    {
        Assert.Equal(expected, SemiDefiniteness.Holds(Pair(correlation), out double smallest));
        if (double.IsNaN(smallest))
        {
            Assert.True(Math.Abs(correlation) < 1);
        }
        else
        {
            Assert.Equal(1 - Math.Abs(correlation), smallest, Rounding);
        }
    }

    static double[,] Pair(double correlation) => new[,] { { 1, correlation }, { correlation, 1 } };

    static double[,] EqualCorrelations(int count, double correlation)
    {
        double[,] matrix = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                matrix[i, j] = i == j ? 1 : correlation / (1 + Math.Abs(i - j));
            }
        }

        return matrix;
    }

    static double[] PlainLoop(double[,] matrix)
    {
        List<double[]> rows = [];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            double[] row = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    double product = row[k] * (j == i ? row[k] : rows[j][k]);
                    sum -= product;
                }

                row[j] = j == i ? Math.Sqrt(sum) : sum / rows[j][j];
            }

            rows.Add(row);
        }

        return [.. rows.SelectMany(row => row)];
    }
}
