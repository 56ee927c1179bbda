using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Premium surfaces in native memory, each coefficient in all positions of a lane.</summary>
readonly unsafe struct LanePremiums<T>(byte* coefficients, PremiumPiece<T>[] pieces, ExDatePiece<T>[] exDates) : IPremiums<T>
    where T : unmanaged, IHostLane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coefficient(int place) => T.Broadcast(coefficients, place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PremiumPiece<T> Piece(int place) => pieces[place];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ExDatePiece<T> ExDate(int place) => exDates[place];
}
