using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Change in value of European options, from the two legs of <see cref="OptionLegs{T}"/>.</summary>
/// <remarks>A·φ(d1) = B·φ(d2), so one exponential serves both tails, and one division both Mills ratios.</remarks>
static class OptionChange
{
    /// <summary>Smallest σ√T priced; below it the value is the payoff of the forward to rounding.</summary>
    public static double LeastDeviation(bool single) => single ? 1e-7 : 1e-14;

    /// <param name="logMoneyness">ln(A/B) in the scenario.</param>
    /// <param name="asset">A in the scenario, per contract; for a put −A.</param>
    /// <param name="strike">B in the scenario, per contract; for a put −B.</param>
    /// <param name="halfDeviation">σ√T/2 in the scenario; for a put −σ√T/2.</param>
    /// <param name="inverseDeviation">1/σ√T in the scenario; for a put −1/σ√T.</param>
    /// <param name="baseValue">Today's value per contract.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Change<T>(T logMoneyness, T asset, T strike, T halfDeviation, T inverseDeviation, T baseValue)
        where T : unmanaged, ILane<T>
    {
        Parts(logMoneyness, asset, strike, halfDeviation, inverseDeviation, out T assetPart, out T strikePart);
        return assetPart - strikePart - baseValue;
    }

    /// <param name="assetPart">A·Φ(d1); for a put −A·Φ(−d1).</param>
    /// <param name="strikePart">B·Φ(d2); for a put −B·Φ(−d2).</param>
    /// <inheritdoc cref="Change"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Parts<T>(
        T logMoneyness, T asset, T strike, T halfDeviation, T inverseDeviation, out T assetPart, out T strikePart)
        where T : unmanaged, ILane<T>
    {
        T d1 = T.Fma(logMoneyness, inverseDeviation, halfDeviation);
        T d2 = T.Fma(T.Of(-2), halfDeviation, d1);

        T q1 = NormalDistribution.MillsDenominator(T.Abs(d1));
        T q2 = NormalDistribution.MillsDenominator(T.Abs(d2));
        T reciprocal = T.Of(1) / (q1 * q2);
        T weight = asset * NormalDistribution.Density(d1);
        T mills1 = NormalDistribution.MillsRatio(reciprocal * q2);
        T mills2 = NormalDistribution.MillsRatio(reciprocal * q1);

        T zero = T.Of(0);
        assetPart = T.SelectGreater(d1, zero, T.Fnma(weight, mills1, asset), weight * mills1);
        strikePart = T.SelectGreater(d2, zero, T.Fnma(weight, mills2, strike), weight * mills2);
    }
}
