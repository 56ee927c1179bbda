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
    public void Rows_of_different_length_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseRows.SubtractMultiple([1, 2], 1, [1]));
}
