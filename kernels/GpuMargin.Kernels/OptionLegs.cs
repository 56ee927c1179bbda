using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>The two legs of a European option: Black–Scholes–Merton and its coin-margined form.</summary>
/// <remarks>
/// <para>
/// A call is worth A·Φ(d1) − B·Φ(d2), with d1 = ln(A/B)/σ√T + σ√T/2 and d2 = d1 − σ√T: for an option A = S·exp(−qT), B = K·exp(−rT);
/// for an inverse option A = exp(−rT), B = K·exp(−rT)/F. A put is the same formula with A, B and σ√T of opposite sign, exactly.
/// </para>
/// <para>
/// A scenario multiplies the legs by their growth and σ√T by that of the volatility; ln(A/B) moves by the log-return of the
/// forward, so nothing takes a logarithm.
/// </para>
/// </remarks>
readonly struct OptionLegs<T>
    where T : unmanaged, ILane<T>
{
    /// <param name="logMoneyness">ln(A/B).</param>
    /// <param name="asset">A, per contract; for a put −A.</param>
    /// <param name="strike">B, per contract; for a put −B.</param>
    /// <param name="halfDeviation">σ√T/2; for a put −σ√T/2.</param>
    /// <param name="inverseDeviation">1/σ√T; for a put −1/σ√T.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OptionLegs(T logMoneyness, T asset, T strike, T halfDeviation, T inverseDeviation)
    {
        LogMoneyness = logMoneyness;
        Asset = asset;
        Strike = strike;
        HalfDeviation = halfDeviation;
        InverseDeviation = inverseDeviation;
    }

    public T LogMoneyness { get; }

    public T Asset { get; }

    public T Strike { get; }

    public T HalfDeviation { get; }

    public T InverseDeviation { get; }

    /// <summary>The legs of one contract, rounded to the lane's precision.</summary>
    /// <param name="right">+1 call, −1 put.</param>
    /// <param name="deviation">σ√T, at least <see cref="OptionChange.LeastDeviation"/>.</param>
    public static OptionLegs<T> Of(double right, double logMoneyness, double asset, double strike, double deviation) => new(
        T.Of(logMoneyness), T.Of(right * asset), T.Of(right * strike), T.Of(0.5 * right * deviation), T.Of(right / deviation));

    /// <summary>The legs in a scenario.</summary>
    /// <param name="forward">Log-return of the forward.</param>
    /// <param name="volatilityUp">Growth of the volatility.</param>
    /// <param name="volatilityDown">Its reciprocal.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OptionLegs<T> Moved(T forward, T assetGrowth, T strikeGrowth, T volatilityUp, T volatilityDown) => new(
        LogMoneyness + forward,
        Asset * assetGrowth,
        Strike * strikeGrowth,
        HalfDeviation * volatilityUp,
        InverseDeviation * volatilityDown);

    /// <summary>Value per contract less a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ValueLess(T value) => OptionChange.Change(LogMoneyness, Asset, Strike, HalfDeviation, InverseDeviation, value);

    /// <summary>The two terms whose difference is the value per contract.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Parts(out T assetPart, out T strikePart) =>
        OptionChange.Parts(LogMoneyness, Asset, Strike, HalfDeviation, InverseDeviation, out assetPart, out strikePart);
}
