using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics;

/// <summary>The standard normal distribution.</summary>
sealed class StandardNormal : ISymmetricDistribution
{
    public static readonly StandardNormal Instance = new();

    public double UpperTail(double x) => NormalDistribution.Cumulative(Float64.Of(-x)).Value;

    public double Density(double x) => NormalDistribution.Density(Float64.Of(x)).Value;

    public double LogDensitySlope(double x) => -x;
}
