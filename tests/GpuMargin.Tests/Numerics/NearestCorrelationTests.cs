using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Tests.ClearingSets;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GpuMargin.Tests.Numerics;

public sealed class NearestCorrelationTests
{
    /// <summary>The references print twelve digits.</summary>
    const double ReferenceTolerance = 1e-9;

    /// <summary>Eigenvalues of a matrix of this size carry roundings of a few units of 1e-16 times the norm.</summary>
    const double EigenvalueTolerance = 1e-12;

    [Fact]
    public void Highams_matrix_of_order_three()
    {
        NearestCorrelation nearest = NearestCorrelation.Of(new double[,] { { 1, 1, 0 }, { 1, 1, 1 }, { 0, 1, 1 } });

        Assert.True(nearest.Converged);
        Assert.Equal(0.760689853402, nearest.Matrix[0, 1], ReferenceTolerance);
        Assert.Equal(0.157298106138, nearest.Matrix[0, 2], ReferenceTolerance);
        Assert.Equal(0.760689853402, nearest.Matrix[1, 2], ReferenceTolerance);
        Assert.Equal(0.527790463582, nearest.Distance, ReferenceTolerance);
        AssertCorrelation(nearest.Matrix);
    }

    [Fact]
    public void The_tridiagonal_matrix_of_order_four()
    {
        NearestCorrelation nearest = NearestCorrelation.Of(
            new double[,] { { 2, -1, 0, 0 }, { -1, 2, -1, 0 }, { 0, -1, 2, -1 }, { 0, 0, -1, 2 } });

        Assert.True(nearest.Converged);
        Assert.Equal(-0.808412498149, nearest.Matrix[0, 1], ReferenceTolerance);
        Assert.Equal(0.191587501851, nearest.Matrix[0, 2], ReferenceTolerance);
        Assert.Equal(0.106775049026, nearest.Matrix[0, 3], ReferenceTolerance);
        Assert.Equal(-0.656232694807, nearest.Matrix[1, 2], ReferenceTolerance);
        Assert.Equal(2.133729108709, nearest.Distance, ReferenceTolerance);
        AssertCorrelation(nearest.Matrix);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(8, 4)]
    [InlineData(20, 5)]
    public void Acceleration_reaches_the_plain_iterations_matrix(int count, int seed)
    {
        Random random = new(seed);
        double[,] matrix = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            matrix[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                matrix[i, j] = matrix[j, i] = 2 * random.NextDouble() - 1;
            }
        }

        NearestCorrelation nearest = NearestCorrelation.Of(matrix);

        Assert.True(nearest.Converged);
        AssertCorrelation(nearest.Matrix);
        double[,] plain = PlainIteration(matrix);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(plain[i, j], nearest.Matrix[i, j], ReferenceTolerance);
            }
        }
    }

    [Fact]
    public void A_matrix_that_is_nearest_to_a_singular_one_of_rank_one_converges()
    {
        NearestCorrelation nearest = NearestCorrelation.Of(new double[,] { { 1, 3, 3 }, { 3, 1, 3 }, { 3, 3, 1 } });

        Assert.True(nearest.Converged);
        Assert.Equal(1, nearest.Matrix[0, 1], ReferenceTolerance);
        Assert.Equal(Math.Sqrt(6) * 2, nearest.Distance, ReferenceTolerance);
    }

    [Fact]
    public void A_correlation_matrix_is_nearest_to_itself()
    {
        double[,] matrix = { { 1, 0.5, -0.25 }, { 0.5, 1, 0.1 }, { -0.25, 0.1, 1 } };

        Assert.Equal(0, NearestCorrelation.Of(matrix).Distance, EigenvalueTolerance);
    }

    [Fact]
    public void Few_iterations_give_a_correlation_matrix_that_is_not_nearer()
    {
        double[,] matrix = { { 1, 1, 0 }, { 1, 1, 1 }, { 0, 1, 1 } };

        NearestCorrelation early = NearestCorrelation.Of(matrix, iterationsAtMost: 1);

        Assert.False(early.Converged);
        Assert.True(early.Distance >= NearestCorrelation.Of(matrix).Distance);
        AssertCorrelation(early.Matrix);
    }

    [Fact]
    public void Repairing_uses_the_nearest_matrix_and_says_so()
    {
        using SetFolder folder = Refusal.Named("correlation-not-positive-semi-definite").ToFolder(out _);

        ClearingSet set = folder.Read(new RunOverrides { RepairCorrelation = true });

        AssertCorrelation(set.Correlation);
        string warning = Assert.Single(set.Warnings);
        Assert.Contains("smallest eigenvalue -0.457291", warning, StringComparison.Ordinal);
        Assert.Contains("Frobenius distance 0.563009", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Repairing_leaves_a_valid_matrix_alone()
    {
        using SetFolder folder = new();

        SetEquality.AssertSame(folder.Read(), folder.Read(new RunOverrides { RepairCorrelation = true }));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-1.0)]
    public void Perfectly_correlated_factors_are_semi_definite(double correlation)
    {
        using SetFolder folder = new();
        string r = correlation.ToString(System.Globalization.CultureInfo.InvariantCulture);
        folder.With("correlation.csv", $"""
            factor,EURUSD,USDBTC,SPX,"VOL,SPX",USDRATE
            EURUSD,1,{r},0,0,0
            USDBTC,{r},1,0,0,0
            SPX,0,0,1,{r},0
            "VOL,SPX",0,0,{r},1,0
            USDRATE,0,0,0,0,1
            """);

        Assert.Equal(correlation, folder.Read().Correlation[0, 1]);
    }

    /// <summary>Higham's algorithm 3.3 as it is written, for small matrices.</summary>
    static double[,] PlainIteration(double[,] matrix)
    {
        const int Iterations = 5_000;
        Matrix<double> y = Matrix<double>.Build.DenseOfArray(matrix);
        Matrix<double> correction = Matrix<double>.Build.Dense(y.RowCount, y.RowCount);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Matrix<double> r = y - correction;
            var evd = r.Evd(Symmetricity.Symmetric);
            Matrix<double> x = evd.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(evd.EigenValues.Map(value => Math.Max(0, value.Real))) * evd.EigenVectors.Transpose();
            correction = x - r;
            y = x.Clone();
            y.SetDiagonal(Vector<double>.Build.Dense(y.RowCount, 1));
        }

        return y.ToArray();
    }

    static void AssertCorrelation(double[,] matrix)
    {
        Assert.True(NearestCorrelation.SmallestEigenvalue(matrix) >= -EigenvalueTolerance);
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            Assert.Equal(1, matrix[i, i]);
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(matrix[i, j], matrix[j, i]);
            }
        }
    }
}
