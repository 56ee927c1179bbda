using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>What instruments read of a factor's shock x.</summary>
/// <param name="Factor">−1: ones.</param>
/// <param name="Negate">1: of −x.</param>
/// <param name="LessOne">1: e^x − 1, else e^x.</param>
readonly record struct GrowthRow(int Factor, int Negate, int LessOne);

/// <summary>One row's value in one scenario.</summary>
readonly struct FillRows<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>[factor, scenario].</summary>
    public required ArrayView<T> Shocks { get; init; }

    /// <summary>[row, scenario].</summary>
    public required ArrayView<T> Rows { get; init; }

    public required ArrayView<GrowthRow> Growths { get; init; }

    public required int Width { get; init; }

    public void Run(int index)
    {
        int row = (int)((uint)index / (uint)Width);
        GrowthRow growth = Growths[row];
        if (growth.Factor < 0)
        {
            Rows[index] = T.Of(1);
            return;
        }

        T x = Shocks[growth.Factor * Width + (index - row * Width)];
        x = growth.Negate != 0 ? -x : x;
        Rows[index] = growth.LessOne != 0 ? Elementary.Expm1(x) : Elementary.Exp(x);
    }
}
