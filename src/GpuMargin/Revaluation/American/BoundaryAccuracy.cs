using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Size of the approximation of an exercise boundary.</summary>
/// <param name="Degree">Of the polynomial in √τ.</param>
/// <param name="Rule">Of the integrals of the fixed point.</param>
/// <param name="PriceRule">Of the integral of the premium.</param>
sealed record BoundaryAccuracy(int Degree, QuadratureRule Rule, QuadratureRule PriceRule)
{
    /// <summary>For values to about 1e-11 of the strike.</summary>
    public static BoundaryAccuracy Fine { get; } = new(24, QuadratureRule.OfQuarterCircle(40), QuadratureRule.OfQuarterCircle(96));

    /// <summary>For values to about 1e-8 of the strike.</summary>
    public static BoundaryAccuracy Fast { get; } = new(8, QuadratureRule.OfQuarterCircle(14), QuadratureRule.OfQuarterCircle(24));
}
