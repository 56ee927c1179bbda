using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GpuMargin.Numerics;

/// <summary>The correlation matrix nearest to a symmetric matrix in the Frobenius norm.</summary>
/// <remarks>
/// Alternating projections onto the positive semi-definite matrices and onto those with unit diagonal, with Dykstra's correction
/// (Higham 2002, IMA J. Numer. Anal. 22, 329–343, algorithm 3.3). The matrix that is projected differs from the given one on its diagonal only:
/// a step adds one less the projection's diagonal. That iteration of a vector is accelerated (Higham and Strabić 2016, Numer. Algor. 72, 1021–1042).
/// </remarks>
sealed class NearestCorrelation
{
    /// <summary>Usually about ten suffice.</summary>
    public const int IterationsAtMost = 1_000;

    /// <summary>Distance of the projection from unit diagonal, relative to its norm, at which iterating stops; below it is the rounding of small matrices.</summary>
    const double SmallestTolerance = 1e-14;

    /// <summary>Rounding of an eigenvalue decomposition grows with the size: one unit in the last place per row.</summary>
    const double TolerancePerRow = 2.2e-16;

    NearestCorrelation(double[,] matrix, double distance, bool converged)
    {
        Matrix = matrix;
        Distance = distance;
        Converged = converged;
    }

    /// <summary>Symmetric, unit diagonal, positive semi-definite up to rounding.</summary>
    public double[,] Matrix { get; }

    /// <summary>Frobenius norm of the difference; when not converged an upper bound of the smallest one.</summary>
    public double Distance { get; }

    /// <summary>Whether the iterations sufficed.</summary>
    public bool Converged { get; }

    /// <param name="symmetric">Square and symmetric; only its lower triangle is read.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static NearestCorrelation Of(
        double[,] symmetric, int iterationsAtMost = IterationsAtMost, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        int count = symmetric.GetLength(0);
        Matrix<double> target = Symmetrised(symmetric);
        Vector<double> shift = Vector<double>.Build.Dense(count);
        AndersonAcceleration acceleration = new();
        double tolerance = Math.Max(SmallestTolerance, count * TolerancePerRow);
        for (int iteration = 1; ; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            Evd<double> evd = (target + Matrix<double>.Build.DiagonalOfDiagonalVector(shift)).Evd(Symmetricity.Symmetric);
            double[] eigenvalues = [.. evd.EigenValues.Select(value => Math.Max(0, value.Real))];
            Vector<double> residual = 1 - DiagonalOf(evd.EigenVectors, eigenvalues);
            bool converged = residual.L2Norm() <= tolerance * Math.Sqrt(eigenvalues.Sum(value => value * value));
            if (converged || iteration >= iterationsAtMost)
            {
                double[,] nearest = WithUnitDiagonal(Product(evd.EigenVectors, eigenvalues));
                return new NearestCorrelation(nearest, (target - Matrix<double>.Build.DenseOfArray(nearest)).FrobeniusNorm(), converged);
            }

            shift = acceleration.Next(shift, residual);
        }
    }

    /// <summary>Smallest eigenvalue of a symmetric matrix, of which the lower triangle is read.</summary>
    public static double SmallestEigenvalue(double[,] symmetric)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        return Symmetrised(symmetric).Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);
    }

    /// <summary>The diagonal of V·D·Vᵀ.</summary>
    static Vector<double> DiagonalOf(Matrix<double> vectors, double[] eigenvalues) =>
        vectors.PointwiseMultiply(vectors) * Vector<double>.Build.Dense(eigenvalues);

    /// <summary>V·D·Vᵀ.</summary>
    static Matrix<double> Product(Matrix<double> vectors, double[] eigenvalues)
    {
        double[] roots = [.. eigenvalues.Select(Math.Sqrt)];
        Matrix<double> scaled = vectors * Matrix<double>.Build.DiagonalOfDiagonalArray(roots);
        return scaled.TransposeAndMultiply(scaled);
    }

    /// <summary>Scaling rows and columns keeps a matrix semi-definite, unlike writing ones on its diagonal.</summary>
    static double[,] WithUnitDiagonal(Matrix<double> semiDefinite)
    {
        int count = semiDefinite.RowCount;
        double[,] correlation = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            correlation[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                double scaled = semiDefinite[i, j] / Math.Sqrt(semiDefinite[i, i] * semiDefinite[j, j]);
                correlation[i, j] = correlation[j, i] = Math.Clamp(scaled, -1, 1);
            }
        }

        return correlation;
    }

    static Matrix<double> Symmetrised(double[,] matrix) =>
        Matrix<double>.Build.Dense(matrix.GetLength(0), matrix.GetLength(0), (i, j) => i >= j ? matrix[i, j] : matrix[j, i]);
}
