using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>Numbers of terms of an <see cref="ExDateSurface"/>.</summary>
/// <param name="Distance">In w.</param>
/// <param name="Deviation">In t.</param>
/// <param name="Reach">|ξ| up to which w moves.</param>
readonly record struct ExDateSize(int Distance, int Deviation, double Reach)
{
    /// <summary>Slope of w, which is ±1 at ±<see cref="Reach"/>.</summary>
    public double Slope => Math.Sqrt(1 + ExDatePiece<Float64>.Bend / (Reach * Reach));

    /// <summary>ξ of a place in [−1, 1].</summary>
    public double DistanceAt(double w)
    {
        double u = w / Slope;
        return u * Math.Sqrt(ExDatePiece<Float64>.Bend / (1 - u * u));
    }
}
