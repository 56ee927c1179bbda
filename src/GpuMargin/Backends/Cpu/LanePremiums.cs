using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Premium surfaces in native memory.</summary>
readonly unsafe struct LanePremiums<T>(byte* coefficients, PremiumPiece<T>[] pieces, ExDatePiece<T>[] exDates) : IPremiums<T>
    where T : unmanaged, IHostLane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coefficient(int place) => T.Broadcast(coefficients, place);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public T Premium(int piece, T x, T inverseDeviation, T volatility, T rate, T leg, T part) =>
        pieces[piece].Premium(this, x, inverseDeviation, volatility, rate, leg, part);

    public T PremiumFrom(int piece) => pieces[piece].From;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public T OnExDate(int piece, T x, T deviation, T inverseDeviation, T volatility, T asset, T waiting) =>
        exDates[piece].Value(this, x, deviation, inverseDeviation, volatility, asset, waiting);

    public T ExDateFrom(int piece) => exDates[piece].From;
}
