using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GpuMargin.Numerics.Estimation;

/// <summary>Inverses of small symmetric matrices whose rows have different units.</summary>
static class SymmetricInverse
{
    /// <summary>Least eigenvalue of the correlation form: below it a direction of parameter space is not identified in double precision.</summary>
    const double SmallestEigenvalue = 1e-13;

    /// <summary>The inverse, or null if the matrix is not positive definite.</summary>
    public static double[,]? OfPositiveDefinite(double[,] matrix) => Invert(matrix, floor: 0);

    /// <summary>The inverse with the eigenvalues of the correlation form raised to <paramref name="floor"/>; null only for a diagonal that is not positive.</summary>
    public static double[,]? Regularised(double[,] matrix, double floor) => Invert(matrix, floor);

    static double[,]? Invert(double[,] matrix, double floor)
    {
        int n = matrix.GetLength(0);
        double[] unit = new double[n];
        for (int i = 0; i < n; i++)
        {
            if (!(matrix[i, i] > 0) || double.IsInfinity(matrix[i, i]))
            {
                return null;
            }

            unit[i] = 1 / Math.Sqrt(matrix[i, i]);
        }

        Matrix<double> scaled = Matrix<double>.Build.Dense(n, n, (i, j) => 0.5 * (matrix[i, j] + matrix[j, i]) * unit[i] * unit[j]);
        if (scaled.Enumerate().Any(value => !double.IsFinite(value)))
        {
            return null;
        }

        Evd<double> evd = scaled.Evd(Symmetricity.Symmetric);
        double[] values = [.. evd.EigenValues.Select(value => Math.Max(value.Real, floor))];
        if (values.Min() < SmallestEigenvalue)
        {
            return null;
        }

        double[,] inverse = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    inverse[i, j] += evd.EigenVectors[i, k] * evd.EigenVectors[j, k] / values[k];
                }

                inverse[i, j] *= unit[i] * unit[j];
            }
        }

        return inverse;
    }
}
