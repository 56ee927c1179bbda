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
