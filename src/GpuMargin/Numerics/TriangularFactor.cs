using MathNet.Numerics.LinearAlgebra;

namespace GpuMargin.Numerics;

/// <summary>Lower triangular L with L·Lᵀ = the correlation matrix, for a positive semi-definite matrix.</summary>
static class TriangularFactor
{
    /// <summary>Smallest pivot taken as positive; below it the matrix is factored by its eigenvalues.</summary>
    const double LeastPivot = 1e-10;

    /// <returns>Rows one after the other: row i begins at i(i + 1)/2.</returns>
    public static double[] Of(double[,] correlation)
    {
        int n = correlation.GetLength(0);
        double[] rows = new double[n * (n + 1) / 2];
        double[] columns = new double[rows.Length]; // L again, column by column: whole vectors of it are subtracted at once
        Span<double> row = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                row[j] = correlation[i, j];
            }

            int diagonal = 0;
            for (int k = 0; k < i; diagonal += n - k++)
            {
                row[k] /= columns[diagonal];
                columns[diagonal + i - k] = row[k];
                // In ascending columns: every element has the bits of the plain triple loop.
                DenseRows.SubtractMultiple(row[(k + 1)..(i + 1)], row[k], columns.AsSpan(diagonal + 1, i - k));
            }

            if (!(row[i] > LeastPivot))
            {
                return OfSingular(correlation);
            }

            row[i] = Math.Sqrt(row[i]);
            columns[diagonal] = row[i];
            row[..(i + 1)].CopyTo(rows.AsSpan(i * (i + 1) / 2));
        }

        return rows;
    }

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
