using GpuMargin.Aggregation;
using GpuMargin.Ilgpu.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>One remainder in one scenario; see <see cref="RemainderRows"/>.</summary>
readonly struct SubtractRows : IKernel
{
    public required ArrayView<int> Of { get; init; }

    public required ArrayView<int> Start { get; init; }

    public required ArrayView<int> Less { get; init; }

    /// <summary>[row, scenario], run currency; remainders are written behind the rows with positions.</summary>
    public required ArrayView<double> ProfitAndLoss { get; init; }

    public required int FirstRow { get; init; }

    public required int Width { get; init; }

    public void Run(int index)
    {
        int remainder = (int)((uint)index / (uint)Width);
        int s = index - remainder * Width;
        double value = ProfitAndLoss[Of[remainder] * Width + s];
        int end = Start[remainder + 1];
        for (int k = Start[remainder]; k < end; k++)
        {
            value = DeviceArithmetic.Subtract(value, ProfitAndLoss[Less[k] * Width + s]);
        }

        ProfitAndLoss[FirstRow * Width + index] = value;
    }
}
