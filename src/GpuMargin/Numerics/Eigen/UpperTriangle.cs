using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics.Eigen;

/// <summary>R of the factorisation B = Q·R by Householder's reflections, panel by panel, the columns behind a panel side by side.</summary>
/// <remarks>Every element meets the reflections in ascending order, with sums over ascending rows, each product and sum rounded: no bit depends on panels, lanes or threads.</remarks>
sealed unsafe class UpperTriangle
{
    const int Width = 32;

    readonly double[] blocks; // [block of columns, row, column of the block]
    readonly double[] reflections; // of a panel, [reflection, row]
    readonly int count;

    /// <param name="rows">Square, [row, column].</param>
    public UpperTriangle(double[] rows, int count)
    {
        this.count = count;
        int width = (count + Width - 1) / Width;
        blocks = new double[width * Width * count];
        reflections = new double[Width * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                blocks[At(i, j)] = rows[i * count + j];
            }
        }
    }

    public double this[int row, int column] => blocks[At(row, column)];

    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public UpperTriangle Factor(IProgress<double>? progress, CancellationToken cancellation)
    {
        int panels = (count + Width - 1) / Width;
        for (int panel = 0; panel < panels; panel++)
        {
            cancellation.ThrowIfCancellationRequested();
            int first = panel * Width, columns = Math.Min(Width, count - first), own = panel;
            for (int j = 0; j < columns; j++)
            {
                Take(first + j, reflections.AsSpan(j * count, count - first - j));
                Reflect(own, first, j, 1, from: j + 1);
            }

            SideBySide.For(panels - panel - 1, behind => Reflect(own + 1 + behind, first, 0, columns, from: 0), 0, cancellation);
            double left = 1 - (panel + 1.0) / panels;
            progress?.Report(1 - left * left * left);
        }

        return this;
    }

    int At(int row, int column) => (column / Width * count + row) * Width + column % Width;

    // The column from its diagonal on becomes the vector of its reflection, and the diagonal what is left of it.
    void Take(int column, Span<double> w)
    {
        double norm = 0;
        for (int i = 0; i < w.Length; i++)
        {
            ref double element = ref blocks[At(column + i, column)];
            w[i] = element;
            double square = element * element;
            norm += square;
            element = 0;
        }

        norm = Math.Sqrt(norm);
        ref double diagonal = ref blocks[At(column, column)];
        if (w.Length == 1 || norm == 0)
        {
            diagonal = -w[0];
            w[0] = Math.Sqrt(2);
            return;
        }

        double scale = w[0] < 0 ? -(1 / norm) : 1 / norm;
        diagonal = -1 / scale;
        foreach (ref double x in w)
        {
            x *= scale;
        }

        w[0] += 1;
        double root = Math.Sqrt(1 / w[0]);
        foreach (ref double x in w)
        {
            x *= root;
        }
    }

    // Of the block's columns those before `from` stay.
    void Reflect(int block, int first, int reflection, int made, int from)
    {
        fixed (double* columns = &blocks[block * Width * count])
        fixed (double* all = reflections)
        {
            for (int j = reflection; j < reflection + made; j++)
            {
                double* row = columns + (first + j) * Width;
                int rows = count - first - j;
                if (Float64x8.IsSupported)
                {
                    Reflect<Float64x8>(row, all + j * count, rows, from);
                }
                else if (Float64x4.IsSupported)
                {
                    Reflect<Float64x4>(row, all + j * count, rows, from);
                }
                else
                {
                    Reflect<Float64>(row, all + j * count, rows, from);
                }
            }
        }
    }

    static void Reflect<T>(double* block, double* w, nint rows, int from)
        where T : unmanaged, IHostLane<T>
    {
        double* sums = stackalloc double[Width];
        for (int j = 0; j < Width; j += 2 * T.Width)
        {
            T a = T.Of(0), b = T.Of(0);
            double* row = block + j;
            for (nint k = 0; k < rows; k++, row += Width)
            {
                T x = T.Broadcast(w, k);
                a += x * T.Load(row, 0);
                b += x * T.Load(row, T.Width);
            }

            T.Store(a, sums, j);
            T.Store(b, sums, j + T.Width);
        }

        new Span<double>(sums, from).Clear();
        for (int j = 0; j < Width; j += 2 * T.Width)
        {
            T a = T.Load(sums, j), b = T.Load(sums, j + T.Width);
            double* row = block + j;
            for (nint k = 0; k < rows; k++, row += Width)
            {
                T x = T.Broadcast(w, k);
                T.Store(T.Load(row, 0) - x * a, row, 0);
                T.Store(T.Load(row, T.Width) - x * b, row, T.Width);
            }
        }
    }
}
