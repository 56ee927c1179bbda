using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Size of the approximation of exercise boundaries of <see cref="DividendPuts"/>.</summary>
/// <param name="AfterLast">After the last ex-date; its rule of the premium's integral serves all periods.</param>
/// <param name="Own">Of the integral over the rest of a period.</param>
/// <param name="Step">Of the logarithm of the time to its end.</param>
sealed record DividendPutAccuracy(BoundaryAccuracy AfterLast, QuadratureRule Own, double Step)
{
    /// <summary>Sizes, coarse before fine.</summary>
    public static IReadOnlyList<DividendPutAccuracy> Sizes { get; } =
    [
        new(BoundaryAccuracy.Sizes[0], QuadratureRule.OfQuarterCircleDenseAtZero(20), 0.3),
        new(BoundaryAccuracy.Sizes[1], QuadratureRule.OfQuarterCircleDenseAtZero(28), 0.2),
    ];
}
