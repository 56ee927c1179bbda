using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>An option that is revalued in double precision.</summary>
/// <param name="Place">Among the instruments.</param>
/// <param name="Underlying">Row of the underlying's shock; the other rows −1 where there is no such factor.</param>
/// <param name="Rate">Row of the rate's change, among the growth rows.</param>
/// <param name="OwnVolatility">Row of the shock of a volatility that a surface moves, among the growth rows; <see cref="InstrumentRows.Shock"/>: none.</param>
readonly record struct DoubleOption(int Place, int Underlying, int Rate, int Volatility, int OwnVolatility, int Fx, OptionRevaluation<DeviceFloat64> Option)
{
    public static DoubleOption Of(InstrumentPlan plan, int i, InstrumentRows rows) => new(
        i, plan.UnderlyingShock[i], plan.RateShock[i] < 0 ? -1 : rows.Rate, plan.VolatilityShock[i], rows.Volatility, plan.FxShock[i], OptionInDouble.Of<DeviceFloat64>(plan, i));
}

/// <summary>P&amp;L per contract in double precision of one option in one scenario, in place of what was computed in the working precision.</summary>
readonly struct RevalueInDouble<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    public required ArrayView<DoubleOption> Options { get; init; }

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
        DoubleOption option = Options[i];
        DeviceFloat64 volatility = Shock(Shocks, option.Volatility, s);
        if (option.OwnVolatility != InstrumentRows.Shock)
        {
            volatility = Shock(Rows, option.OwnVolatility, s);
        }

        DeviceFloat64 change = option.Option.ProfitAndLoss(Shock(Shocks, option.Underlying, s), Shock(Rows, option.Rate, s), volatility, Shock(Shocks, option.Fx, s));
        Changes[option.Place * Width + s] = T.Of(DeviceFloat64.AddTo(0, change));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DeviceFloat64 Shock(ArrayView<T> shocks, int row, int s) => DeviceFloat64.Of(row < 0 ? 0 : T.AddTo(0, shocks[row * Width + s]));
}
