using GpuMargin.Numerics.Eigen;

namespace GpuMargin.Scenarios;

/// <summary>Loadings A = V·√Λ with A·Aᵀ = the correlation matrix, the component of the largest variance first.</summary>
static class PrincipalComponents
{
    /// <summary>Loadings [factor, component] in rows, and the variance of each component.</summary>
    /// <remarks>
    /// The loading of largest magnitude of a component is positive (the first of them, where several are equal), and equal variances
    /// keep the order in which the factorisation gives them. Rows have unit length to rounding, also where eigenvalues
    /// below zero by rounding were taken as zero.
    /// </remarks>
    /// <param name="progress">Told the share that is done.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static (double[] Loadings, double[] Variances) Of(
        double[,] correlation, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        int n = correlation.GetLength(0);
        var eigen = SymmetricEigen.Of(correlation, progress, cancellation: cancellation);
        double[] variances = [.. eigen.Values.Select(value => Math.Max(value, 0))];
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => variances[i])];
        double[] loadings = new double[n * n];
        for (int component = 0; component < n; component++)
        {
            ReadOnlySpan<double> vector = eigen.Vector(order[component]);
            double scale = Math.Sqrt(variances[order[component]]) * Sign(vector);
            for (int factor = 0; factor < n; factor++)
            {
                loadings[factor * n + component] = vector[factor] * scale;
            }
        }

        for (int factor = 0; factor < n; factor++)
        {
            Span<double> row = loadings.AsSpan(factor * n, n);
            double square = 0;
            foreach (double loading in row)
            {
                square += loading * loading;
            }

            double length = Math.Sqrt(square);
            foreach (ref double loading in row)
            {
                loading /= length;
            }
        }

        return (loadings, [.. order.Select(i => variances[i])]);
    }

    static double Sign(ReadOnlySpan<double> vector)
    {
        double largest = 0;
        foreach (double value in vector)
        {
            if (Math.Abs(value) > Math.Abs(largest))
            {
                largest = value;
            }
        }

        return largest < 0 ? -1 : 1;
    }
}
