using GpuMargin.Numerics;
using GpuMargin.Numerics.Eigen;
using GpuMargin.Scenarios;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Xunit;
using static GpuMargin.Tests.Numerics.PlainFactorisations;

namespace GpuMargin.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(70)]
    [InlineData(257)]
    [InlineData(530)]
    public void Blocks_and_threads_give_the_bits_of_the_plain_procedures(int count)
    {
        foreach (double[,] matrix in (double[][,])[Random(count), Chain(count), OneFactor(count), Identity(count), Halves(count)])
        {
            Evd<double> plain = Matrix<double>.Build.DenseOfArray(matrix).Evd(Symmetricity.Symmetric);
            double[] values = [.. plain.EigenValues.Select(value => value.Real)];
            foreach (int threads in (int[])[1, 3])
            {
                SymmetricEigen eigen = SymmetricEigen.Of(matrix, threads: threads);
                Assert.Equal(Bits(values), Bits(eigen.Values));
                Assert.Equal(Bits(plain.EigenVectors.ToColumnMajorArray()), Bits(eigen.Vectors));
            }

            Assert.Equal(Bits(values), Bits(SymmetricEigen.ValuesOf(matrix)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(33)]
    [InlineData(300)]
    public void The_projection_of_a_repair_has_the_bits_of_plain_products(int count)
    {
        (double[,] matrix, double distance) = Projection(Random(count));
        NearestCorrelation once = NearestCorrelation.Of(Random(count), iterationsAtMost: 1);
        Assert.Equal(Bits(matrix.Cast<double>()), Bits(once.Matrix.Cast<double>()));
        Assert.Equal(distance, once.Distance);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(65)]
    [InlineData(330)]
    public void The_triangle_of_a_singular_matrix_has_the_bits_of_the_plain_reflections(int count)
    {
        double[,] matrix = Filled(count, (i, j) => i == j ? 1 : Loading(i) * Loading(j) + (1 - Loading(i) * Loading(i)) * (i / 2 == j / 2 ? 1 : 0));
        Assert.Equal(Bits(Triangle(matrix)), Bits(TriangularFactor.Of(matrix)));

        double Loading(int i) => .9 - 1.5 * (i / 2) / count;
    }

    public static TheoryData<string, Action<double[,], IProgress<double>, CancellationToken>> Factorisations => new()
    {
        { "Cholesky", (matrix, progress, cancellation) => Cholesky.TryOf(Chain(matrix.GetLength(0)), progress, cancellation: cancellation) },
        { "eigenvalues", (matrix, progress, cancellation) => NearestCorrelation.SmallestEigenvalue(matrix, progress, cancellation) },
        { "principal components", (matrix, progress, cancellation) => PrincipalComponents.Of(matrix, progress, cancellation) },
        { "triangle of a singular matrix", (matrix, progress, cancellation) => TriangularFactor.Of(matrix, progress, cancellation) },
        { "nearest correlation", (matrix, progress, cancellation) => NearestCorrelation.Of(matrix, progress: progress, cancellation: cancellation) },
    };

    [Theory]
    [MemberData(nameof(Factorisations))]
    public void A_factorisation_stops_at_its_next_report_and_else_reports_up_to_one(string name, Action<double[,], IProgress<double>, CancellationToken> factor)
    {
        using CancellationTokenSource stop = new();
        Reports reports = new(_ => { });
        factor(Random(200), reports, CancellationToken.None);
        Assert.True(reports.Last >= 1, $"{name} reports {reports.Last}");

        Reports stopping = new(_ => stop.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => factor(Random(200), stopping, stop.Token));
        Assert.InRange(stopping.Last, 0, .5);
    }

    sealed class Reports(Action<double> on) : IProgress<double>
    {
        double last;

        public double Last => Volatile.Read(ref last);

        public void Report(double value)
        {
            Volatile.Write(ref last, value);
            on(value);
        }
    }

    static double[,] Identity(int count) => Filled(count, (i, j) => i == j ? 1 : 0);

    static double[,] Chain(int count) => Filled(count, (i, j) => Math.Pow(.9, i - j));

    // Equal eigenvalues, and rows with nothing to reflect.
    static double[,] Halves(int count) => Filled(count, (i, j) => i == j ? 1 : i % 2 == 0 && j == i - 2 ? .25 : 0);

    static double[,] OneFactor(int count) => Filled(count, (i, j) => i == j ? 1 : (.9 - 1.5 * i / count) * (.9 - 1.5 * j / count));

    static double[,] Random(int count)
    {
        Random random = new(count);
        return Filled(count, (i, j) => i == j ? 1 : random.NextDouble() - .5);
    }

    static double[,] Filled(int count, Func<int, int, double> element)
    {
        double[,] matrix = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] = matrix[j, i] = element(i, j);
            }
        }

        return matrix;
    }
}
