using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation.American;
using GpuMargin.Revaluation.Surfaces;
using GpuMargin.Scenarios;

namespace GpuMargin.Revaluation;

/// <summary>
/// The instruments as columns of equal length, ordered by kernel, underlying factor and file order, so that neighbours run
/// the same code on the same rows; those that are read a second time, on another day, follow in the same order. Amounts are per contract.
/// </summary>
public sealed record InstrumentPlan
{
    public int Count => UnderlyingShock.Length;

    /// <summary>The shocks that instruments read.</summary>
    public required ShockRows Shocks { get; init; }

    /// <summary>Options; the others are delta-one.</summary>
    public required bool[] IsOption { get; init; }

    /// <summary>Per instrument that was planned, its place here.</summary>
    public required int[] PlaceOf { get; init; }

    public required InstrumentType[] Type { get; init; }

    /// <summary>Row of <see cref="Shocks"/> with the price factor's shock.</summary>
    public required int[] UnderlyingShock { get; init; }

    /// <summary>Row with the rate factor's shock, or −1. Of a curve, that of the first factor that moves the zero rate to expiry.</summary>
    public required int[] RateShock { get; init; }

    /// <summary>Row with the shock of the second factor of a curve, or −1.</summary>
    public required int[] SecondRateShock { get; init; }

    /// <summary>What <see cref="RateShock"/> counts in the change of the rate; 1 but of a curve.</summary>
    public required double[] RateWeight { get; init; }

    /// <summary>The same of <see cref="SecondRateShock"/>.</summary>
    public required double[] SecondRateWeight { get; init; }

    /// <summary>Row with the volatility factor's shock, or −1.</summary>
    public required int[] VolatilityShock { get; init; }

    /// <summary>Option whose volatility a surface moves, and not <see cref="VolatilityShock"/> alone; <see langword="null"/>: another instrument.</summary>
    public SurfaceTerms?[] Surfaces { get; init; } = [];

    /// <summary>Coin-margined.</summary>
    public required bool[] Inverse { get; init; }

    /// <summary>Option on a future: a rate moves the discounting of both legs, and not the forward.</summary>
    public required bool[] OnFuture { get; init; }

    /// <summary>Whether the underlying is an additive price. Delta-one: the scale multiplies the move, not the growth. Option: <see cref="Kernels.NormalOption{T}"/> prices it.</summary>
    public required bool[] Additive { get; init; }

    /// <summary>Delta-one: today's level of the underlying.</summary>
    public required double[] Level { get; init; }

    /// <summary>S/S*, S* the underlying less its dividends up to expiry; 1 without such dividends.</summary>
    public required double[] Gearing { get; init; }

    /// <summary>Years to expiry on the day that the instrument is read, for the rate factor.</summary>
    public required double[] Years { get; init; }

    /// <summary>Delta-one: m·F (inverse: −m/F; additive: m·e^((r − q)·T)) with the revaluation date's carry; option on an additive price: m·e^(−qT). Instrument's currency.</summary>
    public required double[] Scale { get; init; }

    /// <summary>Delta-one: what passes without a shock; option revalued in double: the same of its legs, A − B. Instrument's currency.</summary>
    public required double[] Carry { get; init; }

    /// <summary>Option: +1 call, −1 put.</summary>
    public required double[] Right { get; init; }

    /// <summary>Option: ln(A/B) without a shock.</summary>
    public required double[] LogMoneyness { get; init; }

    /// <summary>Option: A without a shock.</summary>
    public required double[] Asset { get; init; }

    /// <summary>Option: B without a shock.</summary>
    public required double[] Strike { get; init; }

    /// <summary>Option on an additive price: m·e^(−rT) without a shock. Instrument's currency.</summary>
    public required double[] Discount { get; init; }

    /// <summary>Option: σ√T without a shock; on an additive price in its units.</summary>
    public required double[] Deviation { get; init; }

    /// <summary>Option: revalued by <see cref="Kernels.OptionRevaluation{T}"/> in double precision, because the working precision would lose its P&amp;L.</summary>
    public required bool[] InDouble { get; init; }

    /// <summary>Option revalued in double: today's value of the option of the opposite right. Instrument's currency.</summary>
    public required double[] OppositeValue { get; init; }

    /// <summary>Option: today's value. Instrument's currency.</summary>
    /// <remarks>In double precision also for a mixed run: priced in single it would leave the same rounding error in every scenario (largest effect on a margin of the sample 9.0e-6 instead of 2.5e-6).</remarks>
    public required double[] OptionValue { get; init; }

    /// <summary>Option that may be exercised early before the day that it is read; <see langword="null"/>: no such, or never better than waiting.</summary>
    internal AmericanOption?[] American { get; init; } = [];

    /// <summary>The premium surfaces of <see cref="American"/>.</summary>
    internal PremiumSurfaces Premiums { get; set; } = PremiumSurfaces.None;

    /// <summary>Row with the shock of the exchange rate's price factor, or −1 for the run's currency.</summary>
    public required int[] FxShock { get; init; }

    public required bool[] FxReciprocal { get; init; }

    /// <summary>Today's run currency per unit of the instrument's currency.</summary>
    public required double[] FxRate { get; init; }

    /// <summary>Today's value of what is held (spot, options), zero of what is settled. Instrument's currency.</summary>
    public required double[] HeldValue { get; init; }

    /// <summary>Rows of <see cref="Shocks"/> that some instruments read, ascending.</summary>
    /// <param name="held">Per place, whether it is one of them.</param>
    internal int[] RowsRead(bool[] held)
    {
        bool[] read = new bool[Shocks.Count];
        for (int place = 0; place < held.Length; place++)
        {
            if (held[place])
            {
                foreach (int row in (ReadOnlySpan<int>)[UnderlyingShock[place], RateShock[place], SecondRateShock[place], VolatilityShock[place], FxShock[place], .. Surfaces[place]?.Shocks ?? []])
                {
                    if (row >= 0)
                    {
                        read[row] = true;
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, read.Length).Where(row => read[row])];
    }

    internal NormalOption<T> NormalOption<T>(int place)
        where T : unmanaged, ILane<T> =>
        NormalOption<T>(place, Deviation[place]);

    /// <param name="deviation">σ√T.</param>
    internal NormalOption<T> NormalOption<T>(int place, double deviation)
        where T : unmanaged, ILane<T> =>
        Kernels.NormalOption<T>.Of(Right[place], Asset[place], Strike[place], Scale[place], Discount[place] * deviation, OptionValue[place]);

    /// <summary>Change of an instrument's rate, with rows of <see cref="Shocks"/> for factors.</summary>
    internal RateMove RateMove(int place) => new(RateShock[place], RateWeight[place], SecondRateShock[place], SecondRateWeight[place]);
}
