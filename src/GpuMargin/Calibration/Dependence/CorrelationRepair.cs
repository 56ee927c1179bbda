using GpuMargin.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>A correlation matrix that is fit for use: positive semi-definite, and how far it was moved.</summary>
/// <param name="Matrix">[factor, factor], symmetric, unit diagonal, positive semi-definite up to rounding.</param>
/// <param name="Distance">Frobenius norm of the change; 0 when none was needed.</param>
/// <param name="SmallestEigenvalue">Of the matrix before; NaN when Cholesky's factorisation ran through and the eigenvalues were not needed.</param>
/// <param name="Converged">Whether the nearest matrix was reached; otherwise the matrix is valid and <paramref name="Distance"/> an upper bound.</param>
public sealed record CorrelationRepair(double[,] Matrix, double Distance, double SmallestEigenvalue, bool Converged)
{
    /// <summary>Whether the matrix was moved.</summary>
    public bool IsRepaired => Distance > 0;

    /// <summary>The matrix itself when it is positive semi-definite, otherwise the nearest correlation matrix (<see cref="NearestCorrelation"/>).</summary>
    /// <param name="correlation">Symmetric with unit diagonal.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static CorrelationRepair Of(double[,] correlation, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(correlation);
        if (SemiDefiniteness.Holds(correlation, out double smallest, null, cancellation))
        {
            return new CorrelationRepair(correlation, 0, smallest, true);
        }

        NearestCorrelation nearest = NearestCorrelation.Of(correlation, cancellation: cancellation);
        return new CorrelationRepair(nearest.Matrix, nearest.Distance, smallest, nearest.Converged);
    }
}
