using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Size of the approximation of an exercise boundary.</summary>
/// <param name="Degree">Of the polynomial in √τ.</param>
/// <param name="Rule">Of the integrals of the fixed point.</param>
/// <param name="PriceRule">Of the integral of the premium, which turns steep at small angles near the critical price.</param>
/// <param name="Converged">Last step of ln B, some five times of what is left. Rounding leaves up to 5e-14.</param>
sealed record BoundaryAccuracy(int Degree, QuadratureRule Rule, QuadratureRule PriceRule, double Converged)
{
    /// <summary>Size for values to about 1e-11 of the strike.</summary>
    public static BoundaryAccuracy Fine { get; } =
        new(32, QuadratureRule.OfQuarterCircle(64), QuadratureRule.OfQuarterCircleDenseAtZero(96), 1e-11);

    /// <summary>Sizes that surfaces are built with, coarse before fine.</summary>
    public static IReadOnlyList<BoundaryAccuracy> Sizes { get; } =
    [
        new(8, QuadratureRule.OfQuarterCircle(14), QuadratureRule.OfQuarterCircleDenseAtZero(24), 3e-8),
        new(12, QuadratureRule.OfQuarterCircle(20), QuadratureRule.OfQuarterCircleDenseAtZero(36), 1e-9),
        new(20, QuadratureRule.OfQuarterCircle(36), QuadratureRule.OfQuarterCircleDenseAtZero(60), 3e-11),
        Fine,
    ];

    public BoundaryPoints Points { get; } = new(Degree, Rule, PriceRule.Cosines);
}
