using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics.Eigen;

/// <summary>Rotations of eigenvectors, gathered over many steps and then made on one block of rows after the other, side by side.</summary>
/// <param name="vectors">[vector, row].</param>
sealed unsafe class QlRotations(double[] vectors, int count, int threads)
{
    const int Gathered = 1 << 19; // rotations: 8 MB, read once per block of rows

    readonly List<Rotation> rotations = [];
    readonly List<(int Last, int Rotations)> steps = [];

    public void Add(int last, List<Rotation> step, CancellationToken cancellation)
    {
        rotations.AddRange(step);
        steps.Add((last, step.Count));
        if (rotations.Count >= Gathered)
        {
            Apply(cancellation);
        }
    }

    /// <summary>Makes the rotations that are left.</summary>
    public void Apply(CancellationToken cancellation)
    {
        int width = 4 * (Float64x8.IsSupported ? Float64x8.Width : Float64x4.IsSupported ? Float64x4.Width : Float64.Width);
        SideBySide.For((count + width - 1) / width, task =>
        {
            if (Float64x8.IsSupported)
            {
                Block<Float64x8>(task * width);
            }
            else if (Float64x4.IsSupported)
            {
                Block<Float64x4>(task * width);
            }
            else
            {
                Block<Float64>(task * width);
            }
        }, threads, cancellation);
        rotations.Clear();
        steps.Clear();
    }

    void Block<T>(int first)
        where T : unmanaged, IHostLane<T>
    {
        int width = 4 * T.Width, rows = Math.Min(width, count - first);
        double[] block = new double[count * width]; // [vector, row]
        for (int vector = 0; vector < count; vector++)
        {
            vectors.AsSpan(vector * count + first, rows).CopyTo(block.AsSpan(vector * width));
        }

        fixed (double* start = block)
        fixed (Rotation* all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rotations))
        {
            Rotation* next = all;
            foreach ((int last, int made) in steps)
            {
                Rotate<T>(start + (nint)last * width, next, made);
                next += made;
            }
        }

        for (int vector = 0; vector < count; vector++)
        {
            block.AsSpan(vector * width, rows).CopyTo(vectors.AsSpan(vector * count + first));
        }
    }

    // The front vector of a pair is the back one of the next: it stays in registers.
    static void Rotate<T>(double* back, Rotation* rotations, int made)
        where T : unmanaged, IHostLane<T>
    {
        nint width = 4 * T.Width;
        T a = T.Load(back, 0), b = T.Load(back, T.Width), c = T.Load(back, 2 * T.Width), d = T.Load(back, 3 * T.Width);
        for (int i = 0; i < made; i++, back -= width)
        {
            double* front = back - width;
            T cosine = T.Broadcast(rotations + i, 0), sine = T.Broadcast(rotations + i, 1);
            T w = T.Load(front, 0), x = T.Load(front, T.Width), y = T.Load(front, 2 * T.Width), z = T.Load(front, 3 * T.Width);
            T.Store(sine * w + cosine * a, back, 0);
            T.Store(sine * x + cosine * b, back, T.Width);
            T.Store(sine * y + cosine * c, back, 2 * T.Width);
            T.Store(sine * z + cosine * d, back, 3 * T.Width);
            a = cosine * w - sine * a;
            b = cosine * x - sine * b;
            c = cosine * y - sine * c;
            d = cosine * z - sine * d;
        }

        T.Store(a, back, 0);
        T.Store(b, back, T.Width);
        T.Store(c, back, 2 * T.Width);
        T.Store(d, back, 3 * T.Width);
    }
}
