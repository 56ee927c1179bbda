using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>The rows that an option reads.</summary>
/// <param name="Place">Of the option among the instruments.</param>
/// <param name="Underlying">Row of the underlying's shock.</param>
/// <param name="LogReturn">Row of the log-return of the underlying less its dividends; <see cref="InstrumentRows.Shock"/>: the shock is it.</param>
/// <param name="Rate">Row of the rate's change, among the growth rows, −1: none; with one, the rows of the legs that discounting moves are not read.</param>
/// <param name="Asset">Row of the asset leg's growth.</param>
/// <param name="Strike">Row of the strike leg's growth.</param>
/// <param name="Inverse">1 for a coin-margined contract.</param>
/// <param name="OnFuture">1 for an option on a future.</param>
readonly record struct OptionRows(
    int Place, int Underlying, int LogReturn, int Rate, int Asset, int Strike, int VolatilityUp, int VolatilityDown, int Inverse, int OnFuture)
{
    public static OptionRows Of(InstrumentPlan plan, int i, InstrumentRows rows) => new(
        i, plan.UnderlyingShock[i], rows.LogReturn, plan.RateShock[i] < 0 ? -1 : rows.Rate, rows.Asset, rows.Strike, rows.VolatilityUp, rows.VolatilityDown, plan.Inverse[i] ? 1 : 0, plan.OnFuture[i] ? 1 : 0);
}

/// <summary>An option's amounts without a shock.</summary>
/// <param name="Value">Today's.</param>
readonly record struct OptionTerms<T>(OptionLegs<T> Legs, T Value, T Years)
    where T : unmanaged, IDeviceLane<T>
{
    public static OptionTerms<T> Of(InstrumentPlan plan, int i) => new(
        OptionLegs<T>.Of(plan.Right[i], plan.LogMoneyness[i], plan.Asset[i], plan.Strike[i], plan.Deviation[i]),
        T.Of(plan.OptionValue[i]), T.Of(plan.Years[i]));
}

/// <summary>P&amp;L per contract of one option in a few scenarios, which lie a stride apart so that neighbouring threads read neighbouring elements.</summary>
readonly struct RevalueOptions<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>Scenarios of a thread: an option's terms are read once for all of them.</summary>
    public const int Repeats = 4;

    public required ArrayView<OptionRows> OptionRows { get; init; }

    public required ArrayView<OptionTerms<T>> Terms { get; init; }

    public required ArrayView<Conversion<T>> Conversions { get; init; }

    /// <summary>[shock, scenario].</summary>
    public required ArrayView<T> Shocks { get; init; }

    /// <summary>[row, scenario].</summary>
    public required ArrayView<T> Rows { get; init; }

    /// <summary>[instrument, scenario], run currency.</summary>
    public required ArrayView<T> Changes { get; init; }

    public required int Width { get; init; }

    public void Run(int index)
    {
        int stride = (int)((uint)Width / Repeats);
        int i = (int)((uint)index / (uint)stride);
        int first = index - i * stride;
        OptionRows rows = OptionRows[i];
        OptionTerms<T> terms = Terms[i];
        Conversion<T> conversion = Conversions[i];
        for (int s = first; s < Width; s += stride)
        {
            T change = Price(rows, terms, s);
            Changes[rows.Place * Width + s] = conversion.Apply(change, Rows, Width, s);
        }
    }

    T Price(OptionRows rows, OptionTerms<T> terms, int s)
    {
        T forward = rows.LogReturn != InstrumentRows.Shock ? Rows[rows.LogReturn * Width + s] : Shocks[rows.Underlying * Width + s];
        T assetGrowth;
        T strikeGrowth;
        if (rows.Rate < 0)
        {
            assetGrowth = Rows[rows.Asset * Width + s];
            strikeGrowth = Rows[rows.Strike * Width + s];
        }
        else
        {
            T rate = Rows[rows.Rate * Width + s];
            T own = forward;
            forward = ForwardGrowth.LogReturn(own, rate, terms.Years);
            T discount = ForwardGrowth.Discount(rate, terms.Years);
            if (rows.Inverse != 0)
            {
                assetGrowth = discount;
                strikeGrowth = ForwardGrowth.DiscountInCoin(rate, terms.Years, forward);
            }
            else
            {
                assetGrowth = Rows[rows.Asset * Width + s];
                strikeGrowth = discount;
                if (rows.OnFuture != 0)
                {
                    forward = own;
                    assetGrowth *= discount;
                }
            }
        }

        return terms.Legs
            .Moved(forward, assetGrowth, strikeGrowth, Rows[rows.VolatilityUp * Width + s], Rows[rows.VolatilityDown * Width + s])
            .ValueLess(terms.Value);
    }
}
