namespace GpuMargin.Numerics.Eigen;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then implicit QL steps.</summary>
/// <remarks>
/// The procedures tred2 and tql2 (Wilkinson and Reinsch 1971, Handbook for Automatic Computation II; EISPACK), element by element in the order of their
/// loops, every product and sum rounded. What one element needs of others is known before a block of elements begins, so blocks go side by side
/// and stay in a cache; lanes and threads change no bit.
/// </remarks>
sealed class SymmetricEigen
{
    // Seconds of a thousand factors, in parts of the whole.
    const double ReductionShare = 0.5;
    const double AccumulationShare = 0.2;

    SymmetricEigen(double[] values, double[] vectors)
    {
        Values = values;
        Vectors = vectors;
    }

    /// <summary>Ascending.</summary>
    public double[] Values { get; }

    /// <summary>[eigenvalue, row]: eigenvectors one after the other, of unit length.</summary>
    public double[] Vectors { get; }

    public int Count => Values.Length;

    public ReadOnlySpan<double> Vector(int eigenvalue) => Vectors.AsSpan(eigenvalue * Count, Count);

    /// <param name="symmetric">Only its lower triangle is read.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="threads">0: as many as there are processors; changes no bit.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <exception cref="ArithmeticException">An eigenvalue did not converge.</exception>
    public static SymmetricEigen Of(double[,] symmetric, IProgress<double>? progress = null, int threads = 0, CancellationToken cancellation = default)
    {
        HouseholderReduction reduction = HouseholderReduction.Of(symmetric, Part(progress, 0, ReductionShare), threads, cancellation);
        double[] vectors = new HouseholderProduct(reduction).Columns(Part(progress, ReductionShare, AccumulationShare), threads, cancellation);
        QlSteps steps = new(reduction.Diagonal, reduction.BesideDiagonal);
        QlRotations rotations = new(vectors, reduction.Count, threads);
        steps.Run(rotations.Add, Part(progress, ReductionShare + AccumulationShare, 1 - ReductionShare - AccumulationShare), cancellation);
        rotations.Apply(cancellation);
        return Sorted(steps.Values, vectors);
    }

    /// <summary>The eigenvalues alone, ascending: the same bits for a fraction of the time.</summary>
    /// <inheritdoc cref="Of"/>
    public static double[] ValuesOf(double[,] symmetric, IProgress<double>? progress = null, int threads = 0, CancellationToken cancellation = default)
    {
        HouseholderReduction reduction = HouseholderReduction.Of(symmetric, progress, threads, cancellation);
        QlSteps steps = new(reduction.Diagonal, reduction.BesideDiagonal);
        steps.Run(null, null, cancellation);
        Array.Sort(steps.Values);
        return steps.Values;
    }

    // By exchanges with the smallest of the rest, which decides on the order of equal eigenvalues.
    static SymmetricEigen Sorted(double[] values, double[] vectors)
    {
        int count = values.Length;
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = 0; i < count - 1; i++)
        {
            int smallest = i;
            for (int j = i + 1; j < count; j++)
            {
                if (values[j] < values[smallest])
                {
                    smallest = j;
                }
            }

            (values[i], values[smallest]) = (values[smallest], values[i]);
            (order[i], order[smallest]) = (order[smallest], order[i]);
        }

        double[] sorted = GC.AllocateUninitializedArray<double>(vectors.Length);
        for (int i = 0; i < count; i++)
        {
            vectors.AsSpan(order[i] * count, count).CopyTo(sorted.AsSpan(i * count));
        }

        return new SymmetricEigen(values, sorted);
    }

    static ShareOf? Part(IProgress<double>? whole, double before, double share) => whole is null ? null : new ShareOf(whole, before, share);
}
