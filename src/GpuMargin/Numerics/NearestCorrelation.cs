using GpuMargin.Numerics.Eigen;
using MathNet.Numerics.LinearAlgebra;

namespace GpuMargin.Numerics;

/// <summary>The correlation matrix nearest to a symmetric matrix in the Frobenius norm.</summary>
/// <remarks>
/// Alternating projections onto the positive semi-definite matrices and onto those with unit diagonal, with Dykstra's correction
/// (Higham 2002, IMA J. Numer. Anal. 22, 329–343, algorithm 3.3). The matrix that is projected differs from the given one on its diagonal only:
/// a step adds one less the projection's diagonal. That iteration of a vector is accelerated (Higham and Strabić 2016, Numer. Algor. 72, 1021–1042).
/// </remarks>
sealed class NearestCorrelation
{
    public const int IterationsAtMost = 1_000;

    /// <summary>About what suffices; progress begins with it.</summary>
    const int IterationsUsually = 10;

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
    /// <param name="progress">Told the share that is done; as the number of iterations is not known, each takes the same part of what is left.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static NearestCorrelation Of(
        double[,] symmetric, int iterationsAtMost = IterationsAtMost, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        int count = symmetric.GetLength(0);
        double[,] shifted = (double[,])symmetric.Clone();
        Vector<double> shift = Vector<double>.Build.Dense(count);
        AndersonAcceleration acceleration = new();
        double tolerance = Math.Max(SmallestTolerance, count * TolerancePerRow);
        double done = 0;
        for (int iteration = 1; ; iteration++)
        {
            SymmetricEigen eigen = SymmetricEigen.Of(
                shifted, progress is null ? null : new ShareOf(progress, done, (1 - done) / IterationsUsually), cancellation: cancellation);
            double[] eigenvalues = [.. eigen.Values.Select(value => Math.Max(0, value))];
            Vector<double> residual = 1 - Vector<double>.Build.Dense(Recomposition.Diagonal(eigen, eigenvalues));
            bool converged = residual.L2Norm() <= tolerance * Math.Sqrt(eigenvalues.Sum(value => value * value));
            if (converged || iteration >= iterationsAtMost)
            {
                double[,] nearest = WithUnitDiagonal(Recomposition.Product(eigen, eigenvalues, cancellation));
                progress?.Report(1);
                return new NearestCorrelation(nearest, FrobeniusDistance(symmetric, nearest), converged);
            }

            done += (1 - done) / IterationsUsually;
            shift = acceleration.Next(shift, residual);
            for (int i = 0; i < count; i++)
            {
                shifted[i, i] = symmetric[i, i] + shift[i];
            }
        }
    }

    /// <summary>Smallest eigenvalue of a symmetric matrix, of which the lower triangle is read.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static double SmallestEigenvalue(double[,] symmetric, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        return SymmetricEigen.ValuesOf(symmetric, progress, cancellation: cancellation)[0];
    }

    // Rows of the lower triangles and their mirror images, each with a sum of its own.
    static double FrobeniusDistance(double[,] symmetric, double[,] nearest)
    {
        double sum = 0;
        int count = symmetric.GetLength(0);
        for (int i = 0; i < count; i++)
        {
            double row = 0;
            for (int j = 0; j < count; j++)
            {
                double difference = (i >= j ? symmetric[i, j] : symmetric[j, i]) - nearest[i, j], square = difference * difference;
                row += square;
            }

            sum += row;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Scaling rows and columns keeps a matrix semi-definite, unlike writing ones on its diagonal.</summary>
    static double[,] WithUnitDiagonal(double[,] semiDefinite)
    {
        int count = semiDefinite.GetLength(0);
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
}
