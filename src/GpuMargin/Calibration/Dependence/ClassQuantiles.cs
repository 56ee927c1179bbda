using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Quantiles of Student's t at the bounds of a factor's classes; of the normal for ν = ∞.</summary>
readonly record struct ClassQuantiles(double[] Bounds, double[] Values)
{
    public static ClassQuantiles[] Of(IReadOnlyList<RankClasses> classes, double nu)
    {
        StudentTScores? table = double.IsPositiveInfinity(nu) ? null : new StudentTScores(nu);
        return [.. classes.Select(factor => new ClassQuantiles(factor.Bounds, [.. factor.Bounds.Select(share =>
        {
            double score = StudentTScores.NormalScore(share);
            return table is null ? score : table.Quantile(score, out _);
        })]))];
    }
}
