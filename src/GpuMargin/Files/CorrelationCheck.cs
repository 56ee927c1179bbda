using System.Globalization;
using GpuMargin.Numerics;

namespace GpuMargin.Files;

/// <summary>Positive semi-definiteness of a symmetric matrix with ones on its diagonal.</summary>
static class CorrelationCheck
{
    /// <summary>Distances that only inform stop here: each iteration of 500 factors takes most of a second.</summary>
    const double OperationsForDistance = 4e8;

    /// <param name="file">Name that faults and warnings give it.</param>
    /// <param name="warnings">Says that the matrix was repaired.</param>
    /// <param name="progress">Told the share of each factorisation that is done, from any thread.</param>
    /// <returns>The matrix, or with <paramref name="repair"/> the nearest correlation matrix when it is needed.</returns>
    public static double[,] Check(
        string file, double[,] matrix, bool repair, List<string> warnings, FaultList faults, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (SemiDefiniteness.Holds(matrix, out double smallest, progress, cancellation))
        {
            return matrix;
        }

        string eigenvalue = string.Create(CultureInfo.InvariantCulture, $"smallest eigenvalue {smallest:G6}");
        int iterations = repair
            ? NearestCorrelation.IterationsAtMost
            : (int)Math.Clamp(OperationsForDistance / Math.Pow(matrix.GetLength(0), 3), 3, NearestCorrelation.IterationsAtMost);
        NearestCorrelation nearest = NearestCorrelation.Of(matrix, iterations, progress, cancellation);
        string distance = string.Create(CultureInfo.InvariantCulture, $"{nearest.Distance:G6}");
        if (repair)
        {
            string used = nearest.Converged ? "the nearest correlation matrix" : "a correlation matrix near it (the iterations did not converge)";
            warnings.Add($"{file} is not positive semi-definite ({eigenvalue}): {used} is used, at Frobenius distance {distance} (Higham 2002, Dykstra's correction).");
            return nearest.Matrix;
        }

        string bound = nearest.Converged ? "" : "at most ";
        faults.Add(file, null, null, eigenvalue, $"a positive semi-definite matrix (the nearest correlation matrix is at Frobenius distance {bound}{distance}; settings.RepairCorrelation uses it)");
        return matrix;
    }
}
