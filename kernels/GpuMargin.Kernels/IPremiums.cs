using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Premium surfaces in memory; all scenarios read the same places.</summary>
interface IPremiums<T>
    where T : unmanaged, ILane<T>
{
    T Coefficient(int place);

    PremiumPiece<T> Piece(int place);

    ExDatePiece<T> ExDate(int place);
}
