using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>An option that may be exercised early.</summary>
/// <param name="Place">Among the instruments.</param>
/// <param name="Underlying">Row of the underlying's shock.</param>
/// <param name="LogReturn">Row of the log-return of the underlying less its dividends; <see cref="InstrumentRows.Shock"/>: the shock is it.</param>
/// <param name="Rate">Row of the rate's change, among the growth rows; −1: none.</param>
/// <param name="Volatility">Row of the volatility's shock; −1: none.</param>
/// <param name="OwnVolatility">Row of the shock of a volatility that a surface moves, among the growth rows; <see cref="InstrumentRows.Shock"/>: none.</param>
/// <param name="Growth">Row of the underlying's growth.</param>
/// <param name="VolatilityUp">Row of the volatility's growth.</param>
/// <param name="VolatilityDown">Row of its reciprocal.</param>
/// <param name="OnFuture">1 for an option on a future.</param>
readonly record struct AmericanContract<T>(
    int Place, int Underlying, int LogReturn, int Rate, int Volatility, int OwnVolatility, int Growth, int VolatilityUp, int VolatilityDown, int OnFuture,
    OptionTerms<T> Option, AmericanTerms<T> Terms, Conversion<T> Conversion)
    where T : unmanaged, IDeviceLane<T>
{
    public static AmericanContract<T> Of(InstrumentPlan plan, int i, InstrumentRows rows, int firstPiece) => new(
        i, plan.UnderlyingShock[i], rows.LogReturn, plan.RateShock[i] < 0 ? -1 : rows.Rate, plan.VolatilityShock[i], rows.Volatility, rows.Asset, rows.VolatilityUp, rows.VolatilityDown, plan.OnFuture[i] ? 1 : 0,
        OptionTerms<T>.Of(plan, i), plan.American[i]!.Terms<T>(firstPiece), Conversion<T>.Of(plan, i, rows));
}

/// <summary>P&amp;L per contract of one American option in one scenario.</summary>
readonly struct RevalueAmerican<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    public required ArrayView<AmericanContract<T>> Contracts { get; init; }

    public required DevicePremiums<T> Premiums { get; init; }

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
        AmericanContract<T> contract = Contracts[i];
        T underlying;
        if (contract.LogReturn != InstrumentRows.Shock)
        {
            underlying = Rows[contract.LogReturn * Width + s];
        }
        else
        {
            underlying = Shocks[contract.Underlying * Width + s];
        }

        T volatility = T.Of(0);
        if (contract.Volatility >= 0)
        {
            volatility = Shocks[contract.Volatility * Width + s];
        }
        else if (contract.OwnVolatility != InstrumentRows.Shock)
        {
            volatility = Rows[contract.OwnVolatility * Width + s];
        }

        T forward = underlying;
        T rate = T.Of(0);
        T discount = T.Of(1);
        if (contract.Rate >= 0)
        {
            rate = Rows[contract.Rate * Width + s];
            discount = ForwardGrowth.Discount(rate, contract.Option.Years);
            if (contract.OnFuture == 0)
            {
                forward = ForwardGrowth.LogReturn(underlying, rate, contract.Option.Years);
            }
        }

        T growth = Rows[contract.Growth * Width + s];
        T assetGrowth = growth;
        if (contract.OnFuture != 0)
        {
            assetGrowth = growth * discount;
        }

        OptionLegs<T> moved = contract.Option.Legs.Moved(
            forward, assetGrowth, discount, Rows[contract.VolatilityUp * Width + s], Rows[contract.VolatilityDown * Width + s]);
        T change = contract.Terms.ValueLess(Premiums, moved, underlying, growth, volatility, rate, contract.Option.Value);
        Changes[contract.Place * Width + s] = contract.Conversion.Apply(change, Rows, Width, s);
    }
}
