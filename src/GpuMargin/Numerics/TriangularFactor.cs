using GpuMargin.Numerics.Eigen;

namespace GpuMargin.Numerics;

/// <summary>Lower triangular L with L·Lᵀ = the correlation matrix, for a positive semi-definite matrix.</summary>
static class TriangularFactor
{
    const double EigenShare = 0.8; // of the seconds of a singular matrix

    /// <param name="progress">Told the share that is done, once more for a singular matrix.</param>
    /// <returns>Rows one after the other: row i begins at i(i + 1)/2. A matrix that is not positive definite is factored by its eigenvalues.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static double[] Of(double[,] correlation, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Cholesky.TryOf(correlation, progress, cancellation: cancellation)?.Rows ?? OfSingular(correlation, progress, cancellation);

    // A = V·Λ·Vᵀ = Bᵀ·B with B = √Λ·Vᵀ = Q·R, so L = Rᵀ; eigenvalues below zero by rounding count as zero.
    static double[] OfSingular(double[,] correlation, IProgress<double>? progress, CancellationToken cancellation)
    {
        int n = correlation.GetLength(0);
        var eigen = SymmetricEigen.Of(correlation, progress is null ? null : new ShareOf(progress, 0, EigenShare), cancellation: cancellation);
        double[] b = eigen.Vectors;
        for (int i = 0; i < n; i++)
        {
            double root = Math.Sqrt(Math.Max(eigen.Values[i], 0));
            foreach (ref double element in b.AsSpan(i * n, n))
            {
                element = root * element;
            }
        }

        UpperTriangle r = new UpperTriangle(b, n).Factor(progress is null ? null : new ShareOf(progress, EigenShare, 1 - EigenShare), cancellation);
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
