using System.Runtime.CompilerServices;
using GpuMargin.Backends.Cpu;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Tests.Kernels;

/// <summary>A function of kernels with its inputs and outputs in a row.</summary>
interface ILaneFunction
{
    static abstract int Outputs { get; }

    static abstract void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IHostLane<T>;
}

/// <summary>Evaluates functions over arrays through a lane's loads and stores.</summary>
static unsafe class LaneEvaluation
{
    /// <param name="columns">[input][element], rounded to the lane's precision; a multiple of 16 elements.</param>
    /// <param name="rotation">Elements by which the inputs are shifted against the lanes, so that each visits another position.</param>
    /// <returns>[output, element] as stored.</returns>
    public static double[] Values<T, TFunction>(double[][] columns, int rotation = 0)
        where T : unmanaged, IHostLane<T>
        where TFunction : struct, ILaneFunction
    {
        using LaneArray<T> y = Evaluate<T, TFunction>(columns, rotation);
        double[] values = new double[y.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = y[Turned(i, columns[0].Length, rotation)];
        }

        return values;
    }

    /// <summary>The bits of <see cref="Values{T, TFunction}"/>.</summary>
    public static ulong[] Bits<T, TFunction>(double[][] columns, int rotation = 0)
        where T : unmanaged, IHostLane<T>
        where TFunction : struct, ILaneFunction
    {
        using LaneArray<T> y = Evaluate<T, TFunction>(columns, rotation);
        ulong[] bits = new ulong[y.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            int at = Turned(i, columns[0].Length, rotation);
            bits[i] = T.IsSingle ? ((uint*)y.Pointer)[at] : ((ulong*)y.Pointer)[at];
        }
        return bits;
    }

    static int Turned(int i, int n, int rotation) => (i / n * n) + ((i % n) + rotation) % n;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static LaneArray<T> Evaluate<T, TFunction>(double[][] columns, int rotation)
        where T : unmanaged, IHostLane<T>
        where TFunction : struct, ILaneFunction
    {
        int n = columns[0].Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % 16, 0, nameof(columns));
        using LaneArray<T> x = new([.. columns.SelectMany(column => column[(n - rotation)..].Concat(column[..(n - rotation)]))]);
        LaneArray<T> y = new(TFunction.Outputs * n);
        Span<T> inputs = stackalloc T[columns.Length];
        Span<T> outputs = stackalloc T[TFunction.Outputs];
        for (int i = 0; i < n; i += T.Width)
        {
            for (int k = 0; k < inputs.Length; k++)
            {
                inputs[k] = T.Load(x.Pointer, (nint)k * n + i);
            }

            TFunction.Apply(inputs, outputs);
            for (int k = 0; k < outputs.Length; k++)
            {
                T.Store(outputs[k], y.Pointer, (nint)k * n + i);
            }
        }
        return y;
    }
}
