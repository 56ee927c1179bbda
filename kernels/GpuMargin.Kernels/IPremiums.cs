using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>The pieces of premium surfaces in memory, evaluated there: a processor does so in calls, as all of it in one function is more than its compiler inlines.</summary>
interface IPremiums<T> : ICoefficients<T>
    where T : unmanaged, ILane<T>
{
    /// <inheritdoc cref="PremiumPiece{T}.Premium"/>
    T Premium(int piece, PremiumPoint<T> point, T volatility, T rate);

    /// <inheritdoc cref="PremiumPiece{T}.From"/>
    T PremiumFrom(int piece);

    /// <inheritdoc cref="PremiumPiece{T}.RateFrom"/>
    T PremiumRateFrom(int piece);

    /// <inheritdoc cref="ExDatePiece{T}.Value"/>
    T OnExDate(int piece, T x, T deviation, T inverseDeviation, T volatility, T asset, T waiting);

    /// <inheritdoc cref="ExDatePiece{T}.From"/>
    T ExDateFrom(int piece);
}
