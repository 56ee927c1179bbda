using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics;

/// <summary>Rows of dense matrices on the host, in the widest lanes of double precision.</summary>
/// <remarks>Not <c>Vector&lt;T&gt;</c>, whose width is open until a process runs: such code is not compiled ahead of time.</remarks>
static unsafe class DenseRows
{
    /// <summary>target − factor·row, product and difference each rounded: the bits do not depend on the width of the lanes.</summary>
    public static void SubtractMultiple(Span<double> target, double factor, ReadOnlySpan<double> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, row.Length);
        fixed (double* to = target, from = row)
        {
            SubtractMultiple(to, factor, from, row.Length);
        }
    }

    /// <summary>The same through pointers.</summary>
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

    /// <summary>Adds each element above zero to one row, every other to another.</summary>
    public static void AddBySign(ReadOnlySpan<double> row, Span<double> above, Span<double> others)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(above.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(others.Length, row.Length);
        fixed (double* from = row, gains = above, losses = others)
        {
            if (Float64x8.IsSupported)
            {
                AddBySign<Float64x8>(from, gains, losses, row.Length);
            }
            else if (Float64x4.IsSupported)
            {
                AddBySign<Float64x4>(from, gains, losses, row.Length);
            }
            else
            {
                AddBySign<Float64>(from, gains, losses, row.Length);
            }
        }
    }

    static void AddBySign<T>(double* row, double* above, double* others, nint length)
        where T : unmanaged, IHostLane<T>
    {
        T zero = T.Of(0);
        nint i = 0;
        for (; i <= length - T.Width; i += T.Width)
        {
            T x = T.Load(row, i);
            T.Store(T.Load(above, i) + T.SelectGreater(x, zero, x, zero), above, i);
            T.Store(T.Load(others, i) + T.SelectGreater(x, zero, zero, x), others, i);
        }

        for (; i < length; i++)
        {
            above[i] += row[i] > 0 ? row[i] : 0;
            others[i] += row[i] > 0 ? 0 : row[i];
        }
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
