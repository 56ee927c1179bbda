using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>A spot, future or perpetual.</summary>
/// <param name="Forward">Row of the forward's growth less one; not read with a rate factor.</param>
/// <param name="RateFactor">−1: none.</param>
/// <param name="Inverse">1 for a coin-margined contract.</param>
readonly record struct DeltaOneContract<T>(
    int Forward, int Underlying, int RateFactor, int Inverse, T Years, T Scale, T Carry, Conversion<T> Conversion)
    where T : unmanaged, IDeviceLane<T>;

/// <summary>P&amp;L per contract of one instrument in one scenario.</summary>
readonly struct RevalueDeltaOne<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    public required ArrayView<DeltaOneContract<T>> Contracts { get; init; }

    /// <summary>[factor, scenario].</summary>
    public required ArrayView<T> Shocks { get; init; }

    /// <summary>[row, scenario].</summary>
    public required ArrayView<T> Rows { get; init; }

    /// <summary>[instrument, scenario], run currency.</summary>
    public required ArrayView<T> Changes { get; init; }

    public required int Width { get; init; }

    public void Run(int index)
    {
        int i = (int)((uint)index / (uint)Width);
        int s = index - i * Width;
        DeltaOneContract<T> contract = Contracts[i];
        T growth;
        if (contract.RateFactor < 0)
        {
            growth = Rows[contract.Forward * Width + s];
        }
        else
        {
            T y = T.Fma(Shocks[contract.RateFactor * Width + s], contract.Years, Shocks[contract.Underlying * Width + s]);
            growth = Elementary.Expm1(contract.Inverse != 0 ? -y : y);
        }

        T change = DeltaOneChange.Change(growth, contract.Scale, contract.Carry);
        Changes[index] = contract.Conversion.Apply(change, Rows, Width, s);
    }
}
