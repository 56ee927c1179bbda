using MathNet.Numerics.LinearAlgebra;

namespace GpuMargin.Numerics;

/// <summary>Lower triangular L with L·Lᵀ = the correlation matrix, for a positive semi-definite matrix.</summary>
static class TriangularFactor
{
    /// <returns>Rows one after the other: row i begins at i(i + 1)/2. A matrix that is not positive definite is factored by its eigenvalues.</returns>
    public static double[] Of(double[,] correlation) => Cholesky.TryOf(correlation)?.Rows ?? OfSingular(correlation);

    // A = V·Λ·Vᵀ = Bᵀ·B with B = √Λ·Vᵀ = Q·R, so L = Rᵀ; eigenvalues below zero by rounding count as zero.
    static double[] OfSingular(double[,] correlation)
    {
        int n = correlation.GetLength(0);
        var evd = Matrix<double>.Build.DenseOfArray(correlation).Evd(Symmetricity.Symmetric);
        Matrix<double> b = Matrix<double>.Build.Dense(n, n, (i, j) =>
            Math.Sqrt(Math.Max(evd.EigenValues[i].Real, 0)) * evd.EigenVectors[j, i]);
        Matrix<double> r = b.QR().R;
        double[] rows = new double[n * (n + 1) / 2];
        for (int i = 0; i < n; i++)
        {
            double norm = 0;
            for (int j = 0; j <= i; j++)
            {
                norm += r[j, i] * r[j, i];
            }

            // Unit variance to the last bit that rounding allows, and a diagonal ≥ 0 so that the sign is unique.
            norm = Math.Sqrt(norm);
            for (int j = 0; j <= i; j++)
            {
                rows[i * (i + 1) / 2 + j] = (r[j, j] < 0 ? -1 : 1) * r[j, i] / norm;
            }
        }

        return rows;
    }
}
