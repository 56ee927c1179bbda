using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>A spot, future or perpetual.</summary>
/// <param name="Place">Among the instruments.</param>
/// <param name="Underlying">Row of the underlying's shock.</param>
/// <param name="Forward">Row of the forward's growth less one; not read with a rate factor.</param>
/// <param name="LogReturn">Row of the log-return of the underlying less its dividends; <see cref="InstrumentRows.Shock"/>: the shock is it.</param>
/// <param name="Rate">Row of the rate's change, among the growth rows; −1: none.</param>
/// <param name="Form">1 for a coin-margined contract, 2 for an additive price, else 0.</param>
/// <param name="Level">Today's level of the underlying.</param>
readonly record struct DeltaOneContract<T>(
    int Place, int Forward, int Underlying, int LogReturn, int Rate, int Form, T Years, T Level, T Scale, T Carry, Conversion<T> Conversion)
    where T : unmanaged, IDeviceLane<T>
{
    public const int Inverse = 1;

    public const int Additive = 2;

    public static DeltaOneContract<T> Of(InstrumentPlan plan, int i, InstrumentRows rows) => new(
        i, rows.Forward, plan.UnderlyingShock[i], rows.LogReturn, plan.RateShock[i] < 0 ? -1 : rows.Rate, plan.Inverse[i] ? Inverse : plan.Additive[i] ? Additive : 0,
        T.Of(plan.Years[i]), T.Of(plan.Level[i]), T.Of(plan.Scale[i]), T.Of(plan.Carry[i]), Conversion<T>.Of(plan, i, rows));
}

/// <summary>P&amp;L per contract of one instrument in one scenario.</summary>
readonly struct RevalueDeltaOne<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    public required ArrayView<DeltaOneContract<T>> Contracts { get; init; }

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
        DeltaOneContract<T> contract = Contracts[i];
        T growth;
        if (contract.Rate < 0)
        {
            growth = Rows[contract.Forward * Width + s];
        }
        else if (contract.Form == DeltaOneContract<T>.Additive)
        {
            growth = ForwardGrowth.Move(Shocks[contract.Underlying * Width + s], Rows[contract.Rate * Width + s], contract.Years, contract.Level);
        }
        else
        {
            T x = contract.LogReturn != InstrumentRows.Shock ? Rows[contract.LogReturn * Width + s] : Shocks[contract.Underlying * Width + s];
            T y = ForwardGrowth.LogReturn(x, Rows[contract.Rate * Width + s], contract.Years);
            growth = ForwardGrowth.Of(y, contract.Form == DeltaOneContract<T>.Inverse, lessOne: true);
        }

        T change = DeltaOneChange.Change(growth, contract.Scale, contract.Carry);
        Changes[contract.Place * Width + s] = contract.Conversion.Apply(change, Rows, Width, s);
    }
}
