using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics;

/// <summary>Cholesky's factor L of a positive definite matrix A = L·Lᵀ with ones on its diagonal.</summary>
sealed class Cholesky
{
    /// <summary>Squared pivot, 1 − R² of a row on those before it, above which a matrix counts as positive definite.</summary>
    public const double LeastPivot = 1e-10;

    readonly double[] pivots;

    Cholesky(int count)
    {
        Rows = new double[count * (count + 1) / 2];
        pivots = new double[count];
    }

    /// <summary>Computation of one row: the part of A left of and on the diagonal in, the row of L out, but for the square root of its last element.</summary>
    /// <param name="before">The rows of L before it, row k from k(k + 1)/2 on.</param>
    public delegate void Elimination(ReadOnlySpan<double> before, Span<double> row);

    public int Count => pivots.Length;

    /// <summary>Rows of L one after the other: row i begins at i(i + 1)/2.</summary>
    public double[] Rows { get; }

    /// <summary>Squares of L's diagonal.</summary>
    public ReadOnlySpan<double> Pivots => pivots;

    public static int Start(int row) => row * (row + 1) / 2;

    public ReadOnlySpan<double> Row(int i) => Rows.AsSpan(Start(i), i + 1);

    /// <summary>The factor in an order of sums that has the same bits everywhere.</summary>
    /// <param name="matrix">Only its lower triangle is read.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="threads">0: as many as there are processors; changes no bit.</param>
    /// <returns><see langword="null"/> when the matrix is not positive definite, or singular up to <see cref="LeastPivot"/>.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static Cholesky? TryOf(
        double[,] matrix, IProgress<double>? progress = null, int threads = 0, CancellationToken cancellation = default)
    {
        Cholesky factor = new(matrix.GetLength(0));
        bool definite =
            Float64x8.IsSupported ? new CholeskyPanels<Float64x8>(matrix, factor.Rows).Factor(factor.pivots, LeastPivot, threads, progress, cancellation)
            : Float64x4.IsSupported ? new CholeskyPanels<Float64x4>(matrix, factor.Rows).Factor(factor.pivots, LeastPivot, threads, progress, cancellation)
            : new CholeskyPanels<Float64>(matrix, factor.Rows).Factor(factor.pivots, LeastPivot, threads, progress, cancellation);
        return definite ? factor : null;
    }

    /// <summary>The factor in a given order of sums.</summary>
    public static Cholesky? TryOf(double[,] matrix, Elimination eliminate)
    {
        Cholesky factor = new(matrix.GetLength(0));
        for (int i = 0; i < factor.Count; i++)
        {
            Span<double> row = factor.Rows.AsSpan(Start(i), i + 1);
            for (int j = 0; j <= i; j++)
            {
                row[j] = matrix[i, j];
            }

            eliminate(factor.Rows.AsSpan(0, Start(i)), row);
            double pivot = row[i];
            if (!(pivot > LeastPivot))
            {
                return null;
            }

            factor.pivots[i] = pivot;
            row[i] = Math.Sqrt(pivot);
        }

        return factor;
    }
}
