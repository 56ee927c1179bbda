using GpuMargin.Ilgpu.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Eight neighbouring rows of x = L·z in one scenario; each element is one chain of fused multiply-adds over ascending columns.</summary>
readonly struct Correlate<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>Rows of a thread: a variate is read once for all of them.</summary>
    public const int Rows = 8;

    /// <summary>L, row i from i(i + 1)/2, followed by enough room to read eight rows from any row.</summary>
    public required ArrayView<T> Factor { get; init; }

    /// <summary>z, [factor, scenario].</summary>
    public required ArrayView<T> Variates { get; init; }

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
        int l0 = RowStart(row), l1 = RowStart(row + 1), l2 = RowStart(row + 2), l3 = RowStart(row + 3);
        int l4 = RowStart(row + 4), l5 = RowStart(row + 5), l6 = RowStart(row + 6), l7 = RowStart(row + 7);
        T a0 = T.Of(0), a1 = T.Of(0), a2 = T.Of(0), a3 = T.Of(0), a4 = T.Of(0), a5 = T.Of(0), a6 = T.Of(0), a7 = T.Of(0);
        int z = s;
        for (int j = 0; j <= row; j++)
        {
            T variate = Variates[z];
            a0 = T.Fma(Factor[l0 + j], variate, a0);
            a1 = T.Fma(Factor[l1 + j], variate, a1);
            a2 = T.Fma(Factor[l2 + j], variate, a2);
            a3 = T.Fma(Factor[l3 + j], variate, a3);
            a4 = T.Fma(Factor[l4 + j], variate, a4);
            a5 = T.Fma(Factor[l5 + j], variate, a5);
            a6 = T.Fma(Factor[l6 + j], variate, a6);
            a7 = T.Fma(Factor[l7 + j], variate, a7);
            z += Width;
        }

        int target = row * Width + s;
        Correlated[target] = a0;
        Finish(row, 1, a1, s);
        Finish(row, 2, a2, s);
        Finish(row, 3, a3, s);
        Finish(row, 4, a4, s);
        Finish(row, 5, a5, s);
        Finish(row, 6, a6, s);
        Finish(row, 7, a7, s);
    }

    static int RowStart(int row) => (int)((uint)row * (uint)(row + 1) >> 1);

    // The corner of the triangle: row + k reaches k columns further.
    void Finish(int row, int k, T sum, int s)
    {
        if (row + k < Factors)
        {
            int l = RowStart(row + k);
            for (int j = row + 1; j <= row + k; j++)
            {
                sum = T.Fma(Factor[l + j], Variates[j * Width + s], sum);
            }

            Correlated[(row + k) * Width + s] = sum;
        }
    }
}
