using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GpuMargin.ClearingSets;

/// <summary>The correlation matrix nearest to a symmetric matrix in the Frobenius norm.</summary>
/// <remarks>Alternating projections onto the positive semi-definite matrices and onto those with unit diagonal, with Dykstra's correction (Higham 2002, IMA J. Numer. Anal. 22, 329–343, algorithm 3.3).</remarks>
public sealed class NearestCorrelation
{
    /// <summary>Convergence is linear and usually takes tens of iterations.</summary>
    public const int IterationsAtMost = 1_000;

    /// <summary>Relative change of both projections at which iterating stops; below it is the rounding of small matrices.</summary>
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
        Matrix<double> unitDiagonal = target.Clone();
        Matrix<double> semiDefinite = target.Clone();
        Matrix<double> correction = Matrix<double>.Build.Dense(count, count);
        double tolerance = Math.Max(SmallestTolerance, count * TolerancePerRow);
        bool converged = false;
        for (int iteration = 0; iteration < iterationsAtMost && !converged; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            Matrix<double> corrected = unitDiagonal - correction;
            Matrix<double> nextSemiDefinite = OntoSemiDefinite(corrected);
            correction = nextSemiDefinite - corrected;
            Matrix<double> nextUnitDiagonal = nextSemiDefinite.Clone();
            nextUnitDiagonal.SetDiagonal(Vector<double>.Build.Dense(count, 1.0));
            converged = RelativeChange(semiDefinite, nextSemiDefinite) <= tolerance
                && RelativeChange(unitDiagonal, nextUnitDiagonal) <= tolerance;
            (semiDefinite, unitDiagonal) = (nextSemiDefinite, nextUnitDiagonal);
        }

        double[,] nearest = WithUnitDiagonal(semiDefinite);
        return new NearestCorrelation(nearest, (target - Matrix<double>.Build.DenseOfArray(nearest)).FrobeniusNorm(), converged);
    }

    /// <summary>Smallest eigenvalue of a symmetric matrix, of which the lower triangle is read.</summary>
    public static double SmallestEigenvalue(double[,] symmetric)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        return Symmetrised(symmetric).Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);
    }

    /// <summary>V·max(D, 0)·Vᵀ.</summary>
    static Matrix<double> OntoSemiDefinite(Matrix<double> matrix)
    {
        Evd<double> evd = matrix.Evd(Symmetricity.Symmetric);
        double[] roots = [.. evd.EigenValues.Select(value => Math.Sqrt(Math.Max(0, value.Real)))];
        double[][] scaled = (evd.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalArray(roots)).ToRowArrays();
        Matrix<double> product = Matrix<double>.Build.Dense(matrix.RowCount, matrix.RowCount);
        for (int i = 0; i < scaled.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k < roots.Length; k++)
                {
                    sum += scaled[i][k] * scaled[j][k];
                }

                product[i, j] = product[j, i] = sum;
            }
        }

        return product;
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

    static double RelativeChange(Matrix<double> before, Matrix<double> after) =>
        (after - before).FrobeniusNorm() / after.FrobeniusNorm();
}
