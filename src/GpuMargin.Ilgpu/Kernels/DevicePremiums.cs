using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Premium surfaces in device memory.</summary>
readonly struct DevicePremiums<T> : IPremiums<T>
    where T : unmanaged, IDeviceLane<T>
{
    public required ArrayView<T> Coefficients { get; init; }

    public required ArrayView<PremiumPiece<T>> Pieces { get; init; }

    public required ArrayView<ExDatePiece<T>> ExDates { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coefficient(int place) => Coefficients[place];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Premium(int piece, PremiumPoint<T> point, T volatility, T rate) =>
        Pieces[piece].Premium(this, point, volatility, rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PremiumFrom(int piece) => Pieces[piece].From;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PremiumRateFrom(int piece) => Pieces[piece].RateFrom;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OnExDate(int piece, T x, T deviation, T inverseDeviation, T volatility, T asset, T waiting) =>
        ExDates[piece].Value(this, x, deviation, inverseDeviation, volatility, asset, waiting);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ExDateFrom(int piece) => ExDates[piece].From;
}
