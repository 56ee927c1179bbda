using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics.Eigen;

/// <summary>Products V·D·Vᵀ of eigenvectors with eigenvalues that were changed, every element a sum over ascending eigenvalues.</summary>
static unsafe class Recomposition
{
    const int Width = 32; // rows of a block: with those of another 2.5 MB for 5,000 rows

    /// <param name="values">Not negative.</param>
    /// <returns>Diagonal of the product.</returns>
    public static double[] Diagonal(SymmetricEigen eigen, double[] values)
    {
        double[] diagonal = new double[eigen.Count];
        for (int k = 0; k < values.Length; k++)
        {
            ReadOnlySpan<double> vector = eigen.Vector(k);
            for (int i = 0; i < diagonal.Length; i++)
            {
                double square = vector[i] * vector[i], term = square * values[k];
                diagonal[i] += term;
            }
        }

        return diagonal;
    }

    /// <param name="values">Not negative.</param>
    /// <returns>[row, column]; only the lower triangle and the blocks on the diagonal are written.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static double[,] Product(SymmetricEigen eigen, double[] values, CancellationToken cancellation)
    {
        int count = eigen.Count, blocks = (count + Width - 1) / Width;
        double[] packed = new double[blocks * Width * count]; // [block, eigenvalue, row of the block], rows beyond the last 0
        for (int k = 0; k < count; k++)
        {
            double root = Math.Sqrt(values[k]);
            ReadOnlySpan<double> vector = eigen.Vector(k);
            for (int i = 0; i < count; i++)
            {
                packed[(i / Width * count + k) * Width + i % Width] = vector[i] * root;
            }
        }

        double[,] product = new double[count, count];
        SideBySide.For(blocks, block =>
        {
            double* tile = stackalloc double[Width * Width];
            for (int other = 0; other <= block; other++)
            {
                cancellation.ThrowIfCancellationRequested();
                fixed (double* all = packed)
                {
                    double* a = all + (nint)block * Width * count, b = all + (nint)other * Width * count;
                    if (Float64x8.IsSupported)
                    {
                        Multiply<Float64x8>(tile, a, b, count);
                    }
                    else if (Float64x4.IsSupported)
                    {
                        Multiply<Float64x4>(tile, a, b, count);
                    }
                    else
                    {
                        Multiply<Float64>(tile, a, b, count);
                    }
                }

                for (int i = 0; i < Width && block * Width + i < count; i++)
                {
                    for (int j = 0; j < Width && other * Width + j < count; j++)
                    {
                        product[block * Width + i, other * Width + j] = tile[i * Width + j];
                    }
                }
            }
        }, 0, cancellation);
        return product;
    }

    static void Multiply<T>(double* tile, double* a, double* b, nint count)
        where T : unmanaged, IHostLane<T>
    {
        for (int j = 0; j < Width; j += 2 * T.Width)
        {
            for (int i = 0; i < Width; i += 4)
            {
                FourRows<T>(tile + i * Width + j, a + i, b + j, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void FourRows<T>(double* tile, double* a, double* b, nint count)
        where T : unmanaged, IHostLane<T>
    {
        T p0 = T.Of(0), p1 = T.Of(0), q0 = T.Of(0), q1 = T.Of(0), r0 = T.Of(0), r1 = T.Of(0), s0 = T.Of(0), s1 = T.Of(0);
        for (nint k = 0; k < count; k++, a += Width, b += Width)
        {
            T x = T.Load(b, 0), y = T.Load(b, T.Width);
            T p = T.Broadcast(a, 0), q = T.Broadcast(a, 1), r = T.Broadcast(a, 2), s = T.Broadcast(a, 3);
            p0 += p * x;
            p1 += p * y;
            q0 += q * x;
            q1 += q * y;
            r0 += r * x;
            r1 += r * y;
            s0 += s * x;
            s1 += s * y;
        }

        T.Store(p0, tile, 0);
        T.Store(p1, tile, T.Width);
        T.Store(q0, tile, Width);
        T.Store(q1, tile, Width + T.Width);
        T.Store(r0, tile, 2 * Width);
        T.Store(r1, tile, 2 * Width + T.Width);
        T.Store(s0, tile, 3 * Width);
        T.Store(s1, tile, 3 * Width + T.Width);
    }
}
