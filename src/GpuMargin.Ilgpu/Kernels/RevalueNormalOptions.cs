using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>An option on an additive price.</summary>
/// <param name="Place">Among the instruments.</param>
/// <param name="Underlying">Row of the underlying's shock.</param>
/// <param name="Rate">Row of the rate's change, among the growth rows; −1: none.</param>
/// <param name="Volatility">Row of the volatility's growth.</param>
readonly record struct NormalContract<T>(
    int Place, int Underlying, int Rate, int Volatility, T Years, NormalOption<T> Option, Conversion<T> Conversion)
    where T : unmanaged, IDeviceLane<T>
{
    public static NormalContract<T> Of(InstrumentPlan plan, int i, InstrumentRows rows) => new(
        i, plan.UnderlyingShock[i], plan.RateShock[i] < 0 ? -1 : rows.Rate, rows.VolatilityUp, T.Of(plan.Years[i]),
        plan.NormalOption<T>(i), Conversion<T>.Of(plan, i, rows));
}

/// <summary>P&amp;L per contract of one option on an additive price in one scenario.</summary>
readonly struct RevalueNormalOptions<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    public required ArrayView<NormalContract<T>> Contracts { get; init; }

    /// <summary>[shock, scenario].</summary>
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
        NormalContract<T> contract = Contracts[i];
        T discount = T.Of(0);
        if (contract.Rate >= 0)
        {
            discount = ForwardGrowth.DiscountLessOne(Rows[contract.Rate * Width + s], contract.Years);
        }

        T change = contract.Option.Change(Shocks[contract.Underlying * Width + s], discount, Rows[contract.Volatility * Width + s]);
        Changes[contract.Place * Width + s] = contract.Conversion.Apply(change, Rows, Width, s);
    }
}
