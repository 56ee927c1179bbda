using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>The pieces of calls that are exercised just before ex-dates in memory, evaluated there: a processor does so in calls, as all of it in one function is more than its compiler inlines.</summary>
interface IExDates<T> : ICoefficients<T>
    where T : unmanaged, ILane<T>
{
    /// <inheritdoc cref="ExDatePiece{T}.Value"/>
    T OnExDate(int piece, T x, T deviation, T inverseDeviation, T volatility, T asset, T waiting);

    /// <inheritdoc cref="ExDatePiece{T}.From"/>
    T ExDateFrom(int piece);
}
