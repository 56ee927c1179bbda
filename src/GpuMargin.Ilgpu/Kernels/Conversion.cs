using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>How an instrument's P&amp;L becomes run currency.</summary>
/// <param name="Row">Row of the exchange rate's growth; −1: already run currency.</param>
/// <param name="LessOneRow">Row of its growth less one.</param>
readonly record struct Conversion<T>(int Row, int LessOneRow, T FxRate, T HeldValue)
    where T : unmanaged, IDeviceLane<T>
{
    public static Conversion<T> Of(InstrumentPlan plan, int i, InstrumentRows rows) => new(
        plan.FxShock[i] < 0 ? -1 : rows.Fx, rows.FxLessOne, T.Of(plan.FxRate[i]), T.Of(plan.HeldValue[i]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply(T change, ArrayView<T> rows, int width, int s)
    {
        if (Row < 0)
        {
            return change;
        }

        T rate = FxRate * rows[Row * width + s];
        return DeltaOneChange.Convert(change, rate, HeldValue, FxRate * rows[LessOneRow * width + s]);
    }
}
