using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Eight neighbouring rows of x = A·z in one scenario; each element is one chain of fused multiply-adds over ascending components.</summary>
readonly struct ApplyLoadings<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>Rows of a thread: a component is read once for all of them.</summary>
    public const int Rows = 8;

    /// <summary>A, [factor, component], with rows to spare so that eight can be read from any.</summary>
    public required ArrayView<T> Loadings { get; init; }

    /// <summary>z, [component, scenario].</summary>
    public required ArrayView<T> Components { get; init; }

    /// <summary>x, [factor, scenario].</summary>
    public required ArrayView<T> Correlated { get; init; }

    public required int Factors { get; init; }

    /// <summary>Scenarios in a row.</summary>
    public required int Width { get; init; }

    public void Run(int index)
    {
        int block = (int)((uint)index / (uint)Width);
        int s = index - block * Width;
        int row = block * Rows;
        int a = row * Factors;
        T x0 = T.Of(0), x1 = T.Of(0), x2 = T.Of(0), x3 = T.Of(0), x4 = T.Of(0), x5 = T.Of(0), x6 = T.Of(0), x7 = T.Of(0);
        int z = s;
        for (int component = 0; component < Factors; component++)
        {
            T variate = Components[z];
            int l = a + component;
            x0 = T.Fma(Loadings[l], variate, x0);
            x1 = T.Fma(Loadings[l + Factors], variate, x1);
            x2 = T.Fma(Loadings[l + 2 * Factors], variate, x2);
            x3 = T.Fma(Loadings[l + 3 * Factors], variate, x3);
            x4 = T.Fma(Loadings[l + 4 * Factors], variate, x4);
            x5 = T.Fma(Loadings[l + 5 * Factors], variate, x5);
            x6 = T.Fma(Loadings[l + 6 * Factors], variate, x6);
            x7 = T.Fma(Loadings[l + 7 * Factors], variate, x7);
            z += Width;
        }

        Store(row, s, x0);
        Store(row + 1, s, x1);
        Store(row + 2, s, x2);
        Store(row + 3, s, x3);
        Store(row + 4, s, x4);
        Store(row + 5, s, x5);
        Store(row + 6, s, x6);
        Store(row + 7, s, x7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Store(int row, int s, T value)
    {
        if (row < Factors)
        {
            Correlated[row * Width + s] = value;
        }
    }
}
