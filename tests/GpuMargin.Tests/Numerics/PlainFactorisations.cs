using MathNet.Numerics.LinearAlgebra;

namespace GpuMargin.Tests.Numerics;

/// <summary>Factorisations by MathNet's managed loops, whose order of sums the library keeps.</summary>
static class PlainFactorisations
{
    public static long[] Bits(IEnumerable<double> values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];

    /// <summary>L of a singular matrix: L = Rᵀ of √Λ·Vᵀ = Q·R, its rows scaled to unit length.</summary>
    public static double[] Triangle(double[,] correlation)
    {
        int n = correlation.GetLength(0);
        var evd = Matrix<double>.Build.DenseOfArray(correlation).Evd(Symmetricity.Symmetric);
        Matrix<double> r = Matrix<double>.Build.Dense(n, n, (i, j) => Math.Sqrt(Math.Max(evd.EigenValues[i].Real, 0)) * evd.EigenVectors[j, i]).QR().R;
        List<double> rows = [];
        for (int i = 0; i < n; i++)
        {
            double norm = 0;
            for (int j = 0; j <= i; j++)
            {
                norm += r[j, i] * r[j, i];
            }

            rows.AddRange(Enumerable.Range(0, i + 1).Select(j => (r[j, j] < 0 ? -1 : 1) * r[j, i] / Math.Sqrt(norm)));
        }

        return [.. rows];
    }

    /// <summary>The projection onto the positive semi-definite matrices, its rows and columns scaled to a unit diagonal, and its distance.</summary>
    public static (double[,] Matrix, double Distance) Projection(double[,] symmetric)
    {
        Matrix<double> target = Matrix<double>.Build.DenseOfArray(symmetric);
        var evd = target.Evd(Symmetricity.Symmetric);
        Matrix<double> scaled = evd.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalArray([.. evd.EigenValues.Select(value => Math.Sqrt(Math.Max(0, value.Real)))]);
        Matrix<double> product = scaled.TransposeAndMultiply(scaled);
        Matrix<double> nearest = Matrix<double>.Build.Dense(target.RowCount, target.RowCount, (i, j) =>
            i == j ? 1 : Math.Clamp(product[i, j] / Math.Sqrt(product[Math.Max(i, j), Math.Max(i, j)] * product[Math.Min(i, j), Math.Min(i, j)]), -1, 1));
        return (nearest.ToArray(), (target - nearest).FrobeniusNorm());
    }
}
