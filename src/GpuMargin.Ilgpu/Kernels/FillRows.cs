using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>One row's value in one scenario.</summary>
readonly struct FillRows<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>[shock, scenario].</summary>
    public required ArrayView<T> Shocks { get; init; }

    /// <summary>[row, scenario].</summary>
    public required ArrayView<T> Rows { get; init; }

    public required ArrayView<GrowthRow> Growths { get; init; }

    /// <summary>[row], of escrowed growths.</summary>
    public required ArrayView<T> Gearings { get; init; }

    public required int Width { get; init; }

    public void Run(int index)
    {
        int row = (int)((uint)index / (uint)Width);
        GrowthRow growth = Growths[row];
        if (growth.Shock < 0)
        {
            Rows[index] = T.Of(1);
            return;
        }

        int s = index - row * Width;
        T x = Shocks[growth.Shock * Width + s];
        if (growth.Growth == Growth.Blend)
        {
            T second = T.Of(0);
            if (growth.Second >= 0)
            {
                second = Shocks[growth.Second * Width + s];
            }

            Rows[index] = growth.Blend(x, second);
            return;
        }

        Rows[index] = growth.IsEscrowed ? growth.Escrowed(x, Gearings[row]) : growth.Of(x);
    }
}
