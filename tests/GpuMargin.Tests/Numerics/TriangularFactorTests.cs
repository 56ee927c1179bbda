using GpuMargin.Numerics;
using Xunit;

namespace GpuMargin.Tests.Numerics;

public sealed class TriangularFactorTests
{
    const double Regular = 1e-14; // a few roundings of sums of squares that are 1
    const double Singular = 1e-12; // by eigenvalues: rounding times the size of the matrix

    public static TheoryData<string, double[,], double> Matrices => new()
    {
        { "one factor", new double[,] { { 1 } }, Regular },
        { "independent", new double[,] { { 1, 0 }, { 0, 1 } }, Regular },
        { "regular", new double[,] { { 1, .5, -.3 }, { .5, 1, .2 }, { -.3, .2, 1 } }, Regular },
        { "equal", new double[,] { { 1, 1 }, { 1, 1 } }, Singular },
        { "opposite", new double[,] { { 1, -1 }, { -1, 1 } }, Singular },
        { "all equal", new double[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } }, Singular },
        { "equal at the end", new double[,] { { 1, .6, .6 }, { .6, 1, 1 }, { .6, 1, 1 } }, Singular },
        { "rank 3 of 20", LowRank(20, 3), Singular },
        { "rank 60 of 60", LowRank(60, 90), Regular },
    };

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Its_product_with_its_transpose_is_the_correlation(string name, double[,] correlation, double allowed)
    {
        Assert.NotEmpty(name);
        int n = correlation.GetLength(0);
        double[] rows = TriangularFactor.Of(correlation);
        Assert.Equal(n * (n + 1) / 2, rows.Length);
        for (int i = 0; i < n; i++)
        {
            Assert.True(rows[(i * (i + 1) / 2) + i] >= 0);
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k <= j; k++)
                {
                    sum += rows[(i * (i + 1) / 2) + k] * rows[(j * (j + 1) / 2) + k];
                }

                Assert.Equal(correlation[i, j], sum, allowed);
            }
        }
    }

    // Correlations of `rank` common factors.
    static double[,] LowRank(int n, int rank)
    {
        Random random = new(9);
        double[][] loadings = [.. Enumerable.Range(0, n).Select(_ =>
        {
            double[] row = [.. Enumerable.Range(0, rank).Select(_ => random.NextDouble() - .4)];
            double norm = Math.Sqrt(row.Sum(x => x * x));
            return row.Select(x => x / norm).ToArray();
        })];
        double[,] c = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                c[i, j] = i == j ? 1 : loadings[i].Zip(loadings[j], (x, y) => x * y).Sum();
            }
        }

        return c;
    }
}
