using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Size of the approximation of an exercise boundary.</summary>
/// <param name="Degree">Of the polynomial in √τ.</param>
/// <param name="Rule">Of the integrals of the fixed point.</param>
/// <param name="PriceRule">Of the integral of the premium, which turns steep at small angles near the critical price.</param>
sealed record BoundaryAccuracy(int Degree, QuadratureRule Rule, QuadratureRule PriceRule)
{
    /// <summary>Size for values to about 1e-11 of the strike.</summary>
    public static BoundaryAccuracy Fine { get; } = new(32, QuadratureRule.OfQuarterCircle(64), QuadratureRule.OfQuarterCircleDenseAtZero(96));

    /// <summary>Sizes that surfaces are built with, coarse before fine.</summary>
    public static IReadOnlyList<BoundaryAccuracy> Sizes { get; } =
    [
        new(8, QuadratureRule.OfQuarterCircle(14), QuadratureRule.OfQuarterCircleDenseAtZero(24)),
        new(12, QuadratureRule.OfQuarterCircle(20), QuadratureRule.OfQuarterCircleDenseAtZero(36)),
        new(20, QuadratureRule.OfQuarterCircle(36), QuadratureRule.OfQuarterCircleDenseAtZero(60)),
        Fine,
    ];

    public BoundaryPoints Points { get; } = new(Degree, Rule, PriceRule.Cosines);
}
