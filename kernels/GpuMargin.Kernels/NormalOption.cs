using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>P&amp;L of a European option whose underlying moves by amounts of any sign (Bachelier 1900).</summary>
/// <remarks>
/// <para>
/// With M = A − B, A = m·S·e^(−qT), B = m·K·e^(−rT), and D = m·e^(−rT)·σ√T, a call is worth max(M, 0) + D·φ(d)·(1 − d·R(d)), d = |M|/D, R Mills' ratio:
/// what it would pay, and its time value. A put has M of opposite sign. A scenario moves M by m·e^(−qT)·x and by B's discounting.
/// </para>
/// <para>M enters only by its move and by d, so that however deep the option is, the P&amp;L keeps the precision of the move.</para>
/// </remarks>
readonly struct NormalOption<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>φ is zero from here on in either precision.</summary>
    const double Farthest = 38;

    /// <summary>Smallest D priced; below it the value is that of no volatility.</summary>
    public const double Least = 1e-30;

    readonly T moneyness;
    readonly T units;
    readonly T strike;
    readonly T deviation;
    readonly T timeValue;

    NormalOption(T moneyness, T units, T strike, T deviation, T timeValue)
    {
        this.moneyness = moneyness;
        this.units = units;
        this.strike = strike;
        this.deviation = deviation;
        this.timeValue = timeValue;
    }

    /// <param name="right">+1 call, −1 put.</param>
    /// <param name="asset">A without a shock.</param>
    /// <param name="strike">B without a shock.</param>
    /// <param name="units">m·e^(−qT).</param>
    /// <param name="deviation">D without a shock.</param>
    /// <param name="value">Today's value, or what else is taken off.</param>
    public static NormalOption<T> Of(double right, double asset, double strike, double units, double deviation, double value)
    {
        double moneyness = right * (asset - strike);
        return new NormalOption<T>(
            T.Of(moneyness), T.Of(right * units), T.Of(right * strike), T.Of(deviation), T.Of(value - (moneyness > 0 ? moneyness : 0)));
    }

    /// <summary>Value less today's.</summary>
    /// <param name="underlying">Shock of the underlying, in its units.</param>
    /// <param name="discount">e^(−Δr·T) − 1; zero where no rate moves.</param>
    /// <param name="volatility">Growth of the volatility.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change(T underlying, T discount, T volatility)
    {
        T zero = T.Of(0);
        T move = T.Fnma(strike, discount, units * underlying);
        T spread = T.Fma(deviation * volatility, discount, deviation * volatility);
        spread = T.SelectGreater(spread, T.Of(Least), spread, T.Of(Least));
        T d = T.Abs(moneyness + move) / spread;
        d = T.SelectGreater(d, T.Of(Farthest), T.Of(Farthest), d);
        T mills = NormalDistribution.MillsRatio(T.Of(1) / NormalDistribution.MillsDenominator(d));
        T ahead = spread * NormalDistribution.Density(d) * T.Fnma(d, mills, T.Of(1));

        // max(M + move, 0) − max(M, 0), of which nothing is lost to the size of M.
        T paid = T.SelectGreater(moneyness + move, zero, T.SelectGreater(moneyness, zero, move, moneyness + move), T.SelectGreater(moneyness, zero, -moneyness, zero));
        return paid + (ahead - timeValue);
    }
}
