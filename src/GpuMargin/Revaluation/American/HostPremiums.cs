using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>Premium surfaces in arrays, in double precision.</summary>
readonly struct HostPremiums(double[] coefficients, PremiumPiece<Float64>[] pieces, ExDatePiece<Float64>[] exDates) : IPremiums<Float64>
{
    public Float64 Coefficient(int place) => Float64.Of(coefficients[place]);

    public PremiumPiece<Float64> Piece(int place) => pieces[place];

    public ExDatePiece<Float64> ExDate(int place) => exDates[place];
}
