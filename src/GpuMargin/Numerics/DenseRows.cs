using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics;

/// <summary>Rows of dense matrices on the host, in the widest lanes of double precision.</summary>
/// <remarks>Not <c>Vector&lt;T&gt;</c>, whose width is open until a process runs: such code is not compiled ahead of time.</remarks>
static unsafe class DenseRows
{
    /// <summary>Σ a·b, in an order that depends on the width of the lanes.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, b.Length);
        fixed (double* first = a, second = b)
        {
            return Float64x8.IsSupported ? Dot<Float64x8>(first, second, a.Length)
                : Float64x4.IsSupported ? Dot<Float64x4>(first, second, a.Length)
                : Dot<Float64>(first, second, a.Length);
        }
    }

    /// <summary>target − factor·row, product and difference each rounded: the bits do not depend on the width of the lanes.</summary>
    public static void SubtractMultiple(Span<double> target, double factor, ReadOnlySpan<double> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, row.Length);
        fixed (double* to = target, from = row)
        {
            SubtractMultiple(to, factor, from, row.Length);
        }
    }

    /// <summary>As above.</summary>
    public static void SubtractMultiple(double* target, double factor, double* row, int length)
    {
        if (Float64x8.IsSupported)
        {
            SubtractMultiple<Float64x8>(target, factor, row, length);
        }
        else if (Float64x4.IsSupported)
        {
            SubtractMultiple<Float64x4>(target, factor, row, length);
        }
        else
        {
            SubtractMultiple<Float64>(target, factor, row, length);
        }
    }

    static double Dot<T>(double* a, double* b, nint length)
        where T : unmanaged, IHostLane<T>
    {
        T even = T.Of(0), odd = T.Of(0);
        nint i = 0;
        for (; i <= length - 2 * T.Width; i += 2 * T.Width)
        {
            even = T.Fma(T.Load(a, i), T.Load(b, i), even);
            odd = T.Fma(T.Load(a, i + T.Width), T.Load(b, i + T.Width), odd);
        }

        double* parts = stackalloc double[T.Width];
        T.Store(even + odd, parts, 0);
        double sum = 0;
        for (int part = 0; part < T.Width; part++)
        {
            sum += parts[part];
        }

        for (; i < length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    static void SubtractMultiple<T>(double* target, double factor, double* row, nint length)
        where T : unmanaged, IHostLane<T>
    {
        T f = T.Of(factor);
        nint i = 0;
        for (; i <= length - T.Width; i += T.Width)
        {
            T.Store(T.Load(target, i) - f * T.Load(row, i), target, i);
        }

        for (; i < length; i++)
        {
            target[i] -= factor * row[i];
        }
    }
}
