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
    public PremiumPiece<T> Piece(int place) => Pieces[place];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ExDatePiece<T> ExDate(int place) => ExDates[place];
}
