using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;
using Xunit;

namespace GpuMargin.Tests.Numerics;

public sealed class DenseRowsTests
{
    const double Rounding = 1e-14; // of Σ |a·b| over at most 257 terms

    [Fact]
    public void Rows_of_every_length_are_what_plain_loops_make_of_them()
    {
        Random random = new(1);
        for (int length = 0; length <= 257; length++)
        {
            double[] a = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - .5)];
            double[] b = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - .5)];
            Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), DotProducts.Of(a, b), Rounding * length);

            double factor = random.NextDouble();
            double[] expected = [.. a.Zip(b, (x, y) =>
            {
                double product = factor * y;
                return x - product;
            })];
            DenseRows.SubtractMultiple(a, factor, b);
            Assert.Equal(expected, a);
        }
    }

    [Fact]
    public void What_is_above_zero_is_added_to_one_row_and_the_rest_to_another()
    {
        Random random = new(2);
        for (int length = 0; length <= 41; length++)
        {
            double[] row = [.. Enumerable.Range(0, length).Select(i => i % 5 == 4 ? double.NegativeZero : random.NextDouble() - .5)];
            double[] above = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())];
            double[] others = [.. Enumerable.Range(0, length).Select(_ => -random.NextDouble())];
            double[] expectedAbove = [.. above.Zip(row, (sum, x) => sum + Math.Max(0, x))];
            double[] expectedOthers = [.. others.Zip(row, (sum, x) => sum + Math.Min(0, x))];
            DenseRows.AddBySign(row, above, others);
            Assert.Equal(expectedAbove, above);
            Assert.Equal(expectedOthers, others);
        }
    }

    [Fact]
    public void What_is_no_number_stays_none()
    {
        double[] above = new double[9], others = new double[9];
        DenseRows.AddBySign([1, 1, double.NaN, 1, 1, 1, 1, 1, double.NaN], above, others);
        Assert.True(double.IsNaN(others[2]) && double.IsNaN(others[8]) && others[0] == 0);
    }

    [Fact]
    public void Rows_of_different_length_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseRows.SubtractMultiple([1, 2], 1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseRows.AddBySign([1, 2], [1], [1, 2]));
    }
}
