using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Premium surfaces in native memory.</summary>
readonly unsafe struct LanePremiums<T>(byte* coefficients, PremiumPiece<T>[] pieces, ExDatePiece<T>[] exDates) : IExDates<T>
    where T : unmanaged, IHostLane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coefficient(int place) => T.Broadcast(coefficients, place);

    /// <summary>A piece where it lies.</summary>
    public ref readonly PremiumPiece<T> Piece(int place) => ref pieces[place];

    /// <summary>The coefficients of all pieces.</summary>
    public LaneCoefficients<T> Coefficients => new(coefficients);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public T OnExDate(int piece, T x, T deviation, T inverseDeviation, T volatility, T asset, T waiting) =>
        exDates[piece].Value(this, x, deviation, inverseDeviation, volatility, asset, waiting);

    public T ExDateFrom(int piece) => exDates[piece].From;
}
