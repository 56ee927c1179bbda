using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics.Eigen;

/// <summary>Product of a reduction's reflections, the orthogonal matrix that gives the three diagonals.</summary>
sealed unsafe class HouseholderProduct(HouseholderReduction reduction)
{
    readonly int count = reduction.Count;
    readonly double[] columns = GC.AllocateUninitializedArray<double>(reduction.Count * reduction.Count);

    /// <returns>[column, row].</returns>
    public double[] Columns(IProgress<double>? progress, int threads, CancellationToken cancellation)
    {
        int width = 4 * (Float64x8.IsSupported ? Float64x8.Width : Float64x4.IsSupported ? Float64x4.Width : Float64.Width);
        int tasks = (count + width - 1) / width;
        int done = 0;
        SideBySide.For(tasks, task =>
        {
            if (Float64x8.IsSupported)
            {
                Block<Float64x8>(task * width, cancellation);
            }
            else if (Float64x4.IsSupported)
            {
                Block<Float64x4>(task * width, cancellation);
            }
            else
            {
                Block<Float64>(task * width, cancellation);
            }

            progress?.Report((double)Interlocked.Increment(ref done) / tasks);
        }, threads, cancellation);
        return columns;
    }

    // Columns beyond the last, and those whose turn is still to come, are zero and stay so.
    void Block<T>(int first, CancellationToken cancellation)
        where T : unmanaged, IHostLane<T>
    {
        int width = 4 * T.Width;
        double[] block = new double[count * width]; // [row, column]
        double[] scaled = new double[count];
        for (int i = first; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (i - first < width)
            {
                block[i * width + i - first] = 1;
            }

            if (i < count - 1 && reduction.HalfSquare(i + 1) is var h && h != 0)
            {
                ReadOnlySpan<double> u = reduction.Reflection(i + 1);
                for (int k = 0; k <= i; k++)
                {
                    scaled[k] = u[k] / h;
                }

                fixed (double* rows = block, vector = u, multiples = scaled)
                {
                    Reflect<T>(rows, i + 1, vector, multiples);
                }
            }
        }

        for (int j = 0; j < width && first + j < count; j++)
        {
            Span<double> column = columns.AsSpan((first + j) * count, count);
            for (int k = 0; k < count; k++)
            {
                column[k] = block[k * width + j];
            }
        }
    }

    static void Reflect<T>(double* block, nint rows, double* vector, double* scaled)
        where T : unmanaged, IHostLane<T>
    {
        T a = T.Of(0), b = T.Of(0), c = T.Of(0), d = T.Of(0);
        double* row = block;
        for (nint k = 0; k < rows; k++, row += 4 * T.Width)
        {
            T u = T.Broadcast(vector, k);
            a += u * T.Load(row, 0);
            b += u * T.Load(row, T.Width);
            c += u * T.Load(row, 2 * T.Width);
            d += u * T.Load(row, 3 * T.Width);
        }

        row = block;
        for (nint k = 0; k < rows; k++, row += 4 * T.Width)
        {
            T f = T.Broadcast(scaled, k);
            T.Store(T.Load(row, 0) - a * f, row, 0);
            T.Store(T.Load(row, T.Width) - b * f, row, T.Width);
            T.Store(T.Load(row, 2 * T.Width) - c * f, row, 2 * T.Width);
            T.Store(T.Load(row, 3 * T.Width) - d * f, row, 3 * T.Width);
        }
    }
}
