using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>An American option that is revalued in double precision.</summary>
/// <param name="Place">Among the instruments.</param>
/// <param name="Underlying">Row of the underlying's shock; the other rows −1 where there is no such factor.</param>
/// <param name="Rate">Row of the rate's change, among the growth rows.</param>
/// <param name="OwnVolatility">Row of the shock of a volatility that a surface moves, among the growth rows; <see cref="InstrumentRows.Shock"/>: none.</param>
readonly record struct DoubleAmerican(int Place, int Underlying, int Rate, int Volatility, int OwnVolatility, int Fx, AmericanRevaluation<DeviceFloat64> Option)
{
    public static DoubleAmerican Of(InstrumentPlan plan, int i, InstrumentRows rows, int firstPiece) => new(
        i, plan.UnderlyingShock[i], plan.RateShock[i] < 0 ? -1 : rows.Rate, plan.VolatilityShock[i], rows.Volatility, plan.FxShock[i], AmericanInDouble.Of<DeviceFloat64>(plan, i, firstPiece));
}

/// <summary>P&amp;L per contract in double precision of one American option in one scenario.</summary>
readonly struct RevalueAmericanInDouble<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    public required ArrayView<DoubleAmerican> Options { get; init; }

    public required DevicePremiums<DeviceFloat64> Premiums { get; init; }

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
        DoubleAmerican option = Options[i];
        DeviceFloat64 volatility = Shock(Shocks, option.Volatility, s);
        if (option.OwnVolatility != InstrumentRows.Shock)
        {
            volatility = DeviceFloat64.Of(T.AddTo(0, Rows[option.OwnVolatility * Width + s]));
        }

        DeviceFloat64 change = option.Option.ProfitAndLoss(
            Premiums, Shock(Shocks, option.Underlying, s), Shock(Rows, option.Rate, s), volatility, Shock(Shocks, option.Fx, s));
        Changes[option.Place * Width + s] = T.Of(DeviceFloat64.AddTo(0, change));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DeviceFloat64 Shock(ArrayView<T> shocks, int row, int s) => DeviceFloat64.Of(row < 0 ? 0 : T.AddTo(0, shocks[row * Width + s]));
}
