namespace GpuMargin.Numerics;

/// <summary>Positive semi-definiteness of a symmetric matrix with ones on its diagonal, as every part of the library means it.</summary>
static class SemiDefiniteness
{
    /// <summary>Decimals as printed, and rounding, move an eigenvalue that is zero by about their last digit times the size.</summary>
    const double SmallestEigenvaluePerRow = -1e-10;

    /// <param name="smallestEigenvalue">NaN when Cholesky's factorisation ran through and the eigenvalues were not needed.</param>
    /// <param name="progress">Told the share that is done, once more where eigenvalues are needed.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static bool Holds(
        double[,] correlation, out double smallestEigenvalue, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (Cholesky.TryOf(correlation, progress, cancellation: cancellation) is not null)
        {
            smallestEigenvalue = double.NaN;
            return true;
        }

        smallestEigenvalue = NearestCorrelation.SmallestEigenvalue(correlation, progress, cancellation);
        return smallestEigenvalue >= SmallestEigenvaluePerRow * correlation.GetLength(0);
    }
}
