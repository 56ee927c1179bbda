using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics;

/// <summary>Cholesky's factorisation by panels of columns, the rows below a panel side by side.</summary>
/// <remarks>
/// From every element the products of the columns before are subtracted in ascending order, each product and each difference rounded: blocks, lanes
/// and threads change no bit of the plain triple loop.
/// </remarks>
sealed unsafe class CholeskyPanels<T>
    where T : unmanaged, IHostLane<T>
{
    const int Width = 64; // columns of a panel and rows of a task: a tile of 32 kB

    readonly double[,] matrix;
    readonly double[] rows;
    readonly int count;
    readonly double[] before; // of a panel's rows, the columns before it: [strip][column][row of the strip]
    readonly double[] diagonal = new double[Width * Width]; // the panel's own triangle, [column, row]

    /// <param name="matrix">Only its lower triangle is read.</param>
    /// <param name="rows">Of the factor: row i begins at i(i + 1)/2.</param>
    public CholeskyPanels(double[,] matrix, double[] rows)
    {
        this.matrix = matrix;
        this.rows = rows;
        count = matrix.GetLength(0);
        before = GC.AllocateUninitializedArray<double>(count > Width ? count * Width : 0);
    }

    static int Strip => 2 * T.Width;

    /// <returns>Whether all pivots are above <paramref name="leastPivot"/>.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public bool Factor(double[] pivots, double leastPivot, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        for (int first = 0; first < count; first += Width)
        {
            cancellation.ThrowIfCancellationRequested();
            int columns = Math.Min(Width, count - first);
            Pack(first, columns);
            if (!Diagonal(first, columns, pivots, leastPivot))
            {
                return false;
            }

            int panel = first, below = first + columns;
            int tasks = (count - below + Width - 1) / Width;
            if (tasks == 1)
            {
                Below(below, panel);
            }
            else if (tasks > 1)
            {
                SideBySide.For(tasks, task => Below(below + task * Width, panel), threads, cancellation);
            }

            // A panel's work goes with the elements before and below it.
            double part = (double)below / count;
            progress?.Report(part * part * (3 - 2 * part));
        }

        return true;
    }

    void Pack(int first, int columns)
    {
        for (int row = 0; row < Width && first > 0; row++)
        {
            Span<double> to = before.AsSpan(row / Strip * Strip * first + row % Strip);
            ReadOnlySpan<double> from = row < columns ? rows.AsSpan(Cholesky.Start(first + row), first) : [];
            for (int k = 0; k < first; k++)
            {
                to[k * Strip] = row < columns ? from[k] : 0;
            }
        }
    }

    bool Diagonal(int first, int columns, double[] pivots, double leastPivot)
    {
        double* tile = stackalloc double[Width * Width];
        Load(tile, first, columns, first);
        fixed (double* triangle = diagonal)
        {
            for (int i = 0; i < columns; i++)
            {
                double* row = tile + i * Width;
                for (int k = 0; k < i; k++)
                {
                    row[k] /= triangle[k * Width + k];
                    triangle[k * Width + i] = row[k];
                    DenseRows.SubtractMultiple(row + k + 1, row[k], triangle + k * Width + k + 1, i - k);
                }

                double pivot = row[i];
                if (!(pivot > leastPivot))
                {
                    return false;
                }

                pivots[first + i] = pivot;
                row[i] = triangle[i * Width + i] = Math.Sqrt(pivot);
                new ReadOnlySpan<double>(row, i + 1).CopyTo(rows.AsSpan(Cholesky.Start(first + i) + first));
            }
        }

        return true;
    }

    // Of full panels only: there are rows below no other.
    void Below(int from, int panel)
    {
        double* tile = stackalloc double[Width * Width];
        int length = Math.Min(Width, count - from);
        Load(tile, from, length, panel);
        fixed (double* triangle = diagonal)
        {
            for (int i = 0; i < length; i++)
            {
                double* row = tile + i * Width;
                for (int k = 0; k < Width; k++)
                {
                    row[k] /= triangle[k * Width + k];
                    DenseRows.SubtractMultiple(row + k + 1, row[k], triangle + k * Width + k + 1, Width - 1 - k);
                }

                new ReadOnlySpan<double>(row, Width).CopyTo(rows.AsSpan(Cholesky.Start(from + i) + panel));
            }
        }
    }

    // The matrix's elements less the products of the columns before the panel; what lies beside rows and columns is not used.
    void Load(double* tile, int from, int length, int panel)
    {
        new Span<double>(tile, Width * Width).Clear();
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j < Width && panel + j <= from + i; j++)
            {
                tile[i * Width + j] = matrix[from + i, panel + j];
            }
        }

        fixed (double* all = rows, strips = before)
        {
            for (int j = 0; j < Width && panel > 0; j += Strip)
            {
                for (int i = 0; i < length; i += 4)
                {
                    Subtract(
                        tile + i * Width + j, strips + j * panel, panel,
                        Row(all, from, i, length), Row(all, from, i + 1, length), Row(all, from, i + 2, length), Row(all, from, i + 3, length));
                }
            }
        }
    }

    static double* Row(double* all, int from, int i, int length) => all + Cholesky.Start(from + Math.Min(i, length - 1));

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Subtract(double* tile, double* strip, nint columns, double* row0, double* row1, double* row2, double* row3)
    {
        T a0 = T.Load(tile, 0), a1 = T.Load(tile, T.Width);
        T b0 = T.Load(tile, Width), b1 = T.Load(tile, Width + T.Width);
        T c0 = T.Load(tile, 2 * Width), c1 = T.Load(tile, 2 * Width + T.Width);
        T d0 = T.Load(tile, 3 * Width), d1 = T.Load(tile, 3 * Width + T.Width);
        for (nint k = 0; k < columns; k++, strip += 2 * T.Width)
        {
            T x0 = T.Load(strip, 0), x1 = T.Load(strip, T.Width);
            T a = T.Broadcast(row0, k), b = T.Broadcast(row1, k), c = T.Broadcast(row2, k), d = T.Broadcast(row3, k);
            a0 -= a * x0;
            a1 -= a * x1;
            b0 -= b * x0;
            b1 -= b * x1;
            c0 -= c * x0;
            c1 -= c * x1;
            d0 -= d * x0;
            d1 -= d * x1;
        }

        T.Store(a0, tile, 0);
        T.Store(a1, tile, T.Width);
        T.Store(b0, tile, Width);
        T.Store(b1, tile, Width + T.Width);
        T.Store(c0, tile, 2 * Width);
        T.Store(c1, tile, 2 * Width + T.Width);
        T.Store(d0, tile, 3 * Width);
        T.Store(d1, tile, 3 * Width + T.Width);
    }
}
