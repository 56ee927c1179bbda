using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics.Eigen;

/// <summary>Reduction of a symmetric matrix to three diagonals by reflections, from the last row upwards.</summary>
sealed unsafe class HouseholderReduction
{
    const int Segment = 512; // elements of a row that a task takes on: with three vectors of that length half a first-level cache
    const int Serial = 256; // rows below which threads cost more than they bring

    readonly double[] a; // [row, column], both triangles while it is reduced; afterwards row i begins with the vector of its reflection
    readonly double[] square; // by row, half the squared length of the reflection's vector; 0: none

    HouseholderReduction(int count)
    {
        Count = count;
        a = GC.AllocateUninitializedArray<double>(count * count);
        square = new double[count];
        Diagonal = new double[count];
        BesideDiagonal = new double[count];
    }

    public int Count { get; }

    public double[] Diagonal { get; }

    /// <summary>[i]: between i − 1 and i; the first is 0.</summary>
    public double[] BesideDiagonal { get; }

    public static HouseholderReduction Of(double[,] symmetric, IProgress<double>? progress, int threads, CancellationToken cancellation)
    {
        int count = symmetric.GetLength(0);
        HouseholderReduction reduction = new(count);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                reduction.a[i * count + j] = reduction.a[j * count + i] = symmetric[i, j];
            }
        }

        reduction.Run(progress, threads, cancellation);
        return reduction;
    }

    /// <summary>Vector u of the reflection I − u·uᵀ/h that made row <paramref name="row"/>, of that many elements.</summary>
    public ReadOnlySpan<double> Reflection(int row) => a.AsSpan(row * Count, row);

    /// <summary>h of the reflection; 0: there is none.</summary>
    public double HalfSquare(int row) => square[row];

    void Run(IProgress<double>? progress, int threads, CancellationToken cancellation)
    {
        double[] u = new double[Count], v = new double[Count]; // of the row below: its change of the matrix, A − u·vᵀ − v·uᵀ, is still to be made
        double[] own = new double[Count], product = new double[Count];
        bool pending = false;
        for (int i = Count - 1; i > 0; i--)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<double> row = a.AsSpan(i * Count, i + 1);
            if (pending)
            {
                Change(row, u[i], v[i], u, v);
            }

            Diagonal[i] = row[i];
            row[..i].CopyTo(own);
            double h = Reflect(own.AsSpan(0, i), out BesideDiagonal[i]);
            square[i] = h;
            own.AsSpan(0, i).CopyTo(row);
            if (pending || h != 0)
            {
                Multiply(i, pending, u, v, own, product, threads, cancellation);
            }

            pending = h != 0;
            if (pending)
            {
                Second(own.AsSpan(0, i), product.AsSpan(0, i), h);
                (u, own) = (own, u);
                (v, product) = (product, v);
            }

            double left = (i - 1.0) / Count;
            progress?.Report(1 - left * left * left);
        }

        if (pending)
        {
            Change(a.AsSpan(0, 1), u[0], v[0], u, v);
        }

        Diagonal[0] = a[0];
    }

    /// <returns>h, and in the row's place u; 0 where there is nothing to reflect: then u is 0.</returns>
    static double Reflect(Span<double> row, out double beside)
    {
        double scale = 0;
        foreach (double x in row)
        {
            scale += Math.Abs(x);
        }

        if (scale == 0)
        {
            beside = row[^1];
            row.Clear();
            return 0;
        }

        double h = 0;
        foreach (ref double x in row)
        {
            x /= scale;
            double product = x * x;
            h += product;
        }

        double f = row[^1];
        double g = f > 0 ? -Math.Sqrt(h) : Math.Sqrt(h);
        beside = scale * g;
        double less = f * g;
        row[^1] = f - g;
        return h - less;
    }

    // v = A·u/h − u·(uᵀ·A·u)/(2h²).
    static void Second(Span<double> u, Span<double> product, double h)
    {
        double f = 0;
        for (int j = 0; j < u.Length; j++)
        {
            product[j] /= h;
            double term = product[j] * u[j];
            f += term;
        }

        DenseRows.SubtractMultiple(product, f / (h + h), u);
    }

    static void Change(Span<double> row, double ui, double vi, double[] u, double[] v)
    {
        for (int j = 0; j < row.Length; j++)
        {
            double first = u[j] * vi, second = v[j] * ui;
            row[j] -= first + second;
        }
    }

    // The change of the row below and A·u of this one, in one walk through the matrix.
    void Multiply(int rows, bool pending, double[] u, double[] v, double[] own, double[] product, int threads, CancellationToken cancellation)
    {
        int tasks = (rows + Segment - 1) / Segment;
        if (rows < Serial)
        {
            Part(0);
        }
        else
        {
            SideBySide.For(tasks, Part, threads, cancellation);
        }

        void Part(int task)
        {
            int first = task * Segment, length = Math.Min(Segment, rows - first);
            fixed (double* matrix = a, pu = u, pv = v, po = own, pp = product)
            {
                double* change = pending ? pv : null;
                if (Float64x8.IsSupported)
                {
                    Multiply<Float64x8>(matrix + first, Count, rows, length, pu, change, po, pp + first, first);
                }
                else if (Float64x4.IsSupported)
                {
                    Multiply<Float64x4>(matrix + first, Count, rows, length, pu, change, po, pp + first, first);
                }
                else
                {
                    Multiply<Float64>(matrix + first, Count, rows, length, pu, change, po, pp + first, first);
                }
            }
        }
    }

    // The matrix is symmetric in every bit: row k holds the elements of column k.
    static void Multiply<T>(double* matrix, int stride, int rows, nint length, double* u, double* v, double* own, double* product, int first)
        where T : unmanaged, IHostLane<T>
    {
        new Span<double>(product, (int)length).Clear();
        for (int k = 0; k < rows; k++, matrix += stride)
        {
            if (v == null)
            {
                AddMultiple<T>(product, own[k], matrix, length);
            }
            else
            {
                ChangeAndAdd<T>(product, own[k], matrix, length, u[k], v[k], u + first, v + first);
            }
        }
    }

    static void AddMultiple<T>(double* product, double factor, double* row, nint length)
        where T : unmanaged, IHostLane<T>
    {
        T f = T.Of(factor);
        nint i = 0;
        for (; i <= length - T.Width; i += T.Width)
        {
            T.Store(T.Load(product, i) + f * T.Load(row, i), product, i);
        }

        for (; i < length; i++)
        {
            product[i] += factor * row[i];
        }
    }

    static void ChangeAndAdd<T>(double* product, double factor, double* row, nint length, double uk, double vk, double* u, double* v)
        where T : unmanaged, IHostLane<T>
    {
        T f = T.Of(factor), us = T.Of(uk), vs = T.Of(vk);
        nint i = 0;
        for (; i <= length - T.Width; i += T.Width)
        {
            T x = T.Load(row, i) - (us * T.Load(v, i) + vs * T.Load(u, i));
            T.Store(x, row, i);
            T.Store(T.Load(product, i) + f * x, product, i);
        }

        for (; i < length; i++)
        {
            row[i] -= uk * v[i] + vk * u[i];
            product[i] += factor * row[i];
        }
    }
}
