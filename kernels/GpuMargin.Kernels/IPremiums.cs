using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>The pieces of premium surfaces in memory, evaluated there.</summary>
interface IPremiums<T> : IExDates<T>
    where T : unmanaged, ILane<T>
{
    /// <inheritdoc cref="PremiumPiece{T}.Premium"/>
    T Premium(int piece, PremiumPoint<T> point, T volatility, T rate);

    /// <inheritdoc cref="PremiumPiece{T}.From"/>
    T PremiumFrom(int piece);

    /// <inheritdoc cref="PremiumPiece{T}.RateFrom"/>
    T PremiumRateFrom(int piece);
}
