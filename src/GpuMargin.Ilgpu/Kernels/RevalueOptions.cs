using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>The rows and factors that an option reads.</summary>
/// <param name="Asset">Row of the asset leg's growth.</param>
/// <param name="Strike">Row of the strike leg's growth.</param>
/// <param name="RateFactor">−1: none; with one, the rows of the legs that discounting moves are not read.</param>
/// <param name="Inverse">1 for a coin-margined contract.</param>
readonly record struct OptionRows(
    int Underlying, int RateFactor, int Asset, int Strike, int VolatilityUp, int VolatilityDown, int Inverse);

/// <summary>An option's amounts without a shock, with the signs that <see cref="OptionChange"/> gives a put.</summary>
readonly record struct OptionTerms<T>(
    T LogMoneyness, T Asset, T Strike, T HalfDeviation, T InverseDeviation, T OptionValue, T Years)
    where T : unmanaged, IDeviceLane<T>;

/// <summary>P&amp;L per contract of one option in a few scenarios, which lie a stride apart so that neighbouring threads read neighbouring elements.</summary>
readonly struct RevalueOptions<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>Scenarios of a thread: an option's terms are read once for all of them.</summary>
    public const int Repeats = 4;

    public required ArrayView<OptionRows> OptionRows { get; init; }

    public required ArrayView<OptionTerms<T>> Terms { get; init; }

    public required ArrayView<Conversion<T>> Conversions { get; init; }

    /// <summary>[factor, scenario].</summary>
    public required ArrayView<T> Shocks { get; init; }

    /// <summary>[row, scenario].</summary>
    public required ArrayView<T> Rows { get; init; }

    /// <summary>[instrument, scenario], run currency.</summary>
    public required ArrayView<T> Changes { get; init; }

    /// <summary>Place of the first option among the instruments.</summary>
    public required int FirstOption { get; init; }

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
            Changes[(FirstOption + i) * Width + s] = conversion.Apply(change, Rows, Width, s);
        }
    }

    T Price(OptionRows rows, OptionTerms<T> terms, int s)
    {
        T forward = Shocks[rows.Underlying * Width + s];
        T assetGrowth;
        T strikeGrowth;
        if (rows.RateFactor < 0)
        {
            assetGrowth = Rows[rows.Asset * Width + s];
            strikeGrowth = Rows[rows.Strike * Width + s];
        }
        else
        {
            T rate = Shocks[rows.RateFactor * Width + s];
            forward = T.Fma(rate, terms.Years, forward);
            T discount = Elementary.Exp(-(rate * terms.Years));
            if (rows.Inverse != 0)
            {
                assetGrowth = discount;
                strikeGrowth = Elementary.Exp(T.Fma(-rate, terms.Years, -forward));
            }
            else
            {
                assetGrowth = Rows[rows.Asset * Width + s];
                strikeGrowth = discount;
            }
        }

        return OptionChange.Change(
            terms.LogMoneyness + forward,
            terms.Asset * assetGrowth,
            terms.Strike * strikeGrowth,
            terms.HalfDeviation * Rows[rows.VolatilityUp * Width + s],
            terms.InverseDeviation * Rows[rows.VolatilityDown * Width + s],
            terms.OptionValue);
    }
}
