using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Correlation and t copula of a sample with ties.</summary>
/// <param name="CoarseFactors">Places of the factors that ν is not taken from; empty when it is taken from all.</param>
/// <remarks>
/// The correlation of tied pairs depends on ν a little, and ν on the correlation: ν first with τ's own correlation, then the correlation, then ν again.
/// Mean ranks leave ν unbiased until a third of the days is unchanged; a factor with more is left out of ν while half of the factors remain,
/// otherwise ν maximises the likelihood of classes of ranks.
/// </remarks>
sealed record TiedCopulaFit(CorrelationRepair Repair, StudentTCopulaFit Fit, IReadOnlyList<int> CoarseFactors)
{
    /// <param name="ofTau">[factor, factor]: sin(πτ/2) of the tied sample.</param>
    /// <param name="copula">The family asked for.</param>
    /// <param name="repaired">Makes a matrix fit for use.</param>
    public static TiedCopulaFit Of(
        TiedSample sample, double[,] ofTau, CopulaChoice copula, Func<double[,], CorrelationRepair> repaired, CancellationToken cancellation)
    {
        int factors = ofTau.GetLength(0);
        RankClasses[] classes = new RankClasses[factors];
        SideBySide.For(factors, factor => classes[factor] = RankClasses.Of(RankedSample.Of(SampleCheck.Column(sample.Values, factor))), cancellation: cancellation);
        int[] fine = [.. sample.Places(factor => !sample.IsCoarse(factor))];
        bool byClasses = fine.Length < Math.Max(2, (factors + 1) / 2);
        StudentTCopulaFit fit = byClasses ? StudentTCopulaFit.OfClasses(classes, ofTau, cancellation) : OfRanks(repaired(ofTau).Matrix);
        CorrelationRepair repair = repaired(LatentCorrelation.Of(sample, ofTau, classes, Freedom(fit, copula), cancellation));
        return new TiedCopulaFit(
            repair, (byClasses ? fit : OfRanks(repair.Matrix)) with { Correlation = repair.Matrix },
            byClasses || fine.Length == factors ? [] : [.. sample.Places(sample.IsCoarse)]);

        StudentTCopulaFit OfRanks(double[,] correlation) => StudentTCopulaFit.OfRanks(
            fine.Length == factors ? sample.Values : Columns(sample.Values, fine), Sub(correlation, fine), cancellation);
    }

    static double Freedom(StudentTCopulaFit fit, CopulaChoice copula) =>
        !double.IsNaN(fit.DegreesOfFreedom) && (copula == CopulaChoice.StudentT || (copula == CopulaChoice.Auto && fit.Family == CopulaFamily.StudentT))
            ? fit.DegreesOfFreedom
            : double.PositiveInfinity;

    static double[,] Columns(double[,] values, int[] places)
    {
        double[,] columns = new double[values.GetLength(0), places.Length];
        for (int day = 0; day < values.GetLength(0); day++)
        {
            for (int at = 0; at < places.Length; at++)
            {
                columns[day, at] = values[day, places[at]];
            }
        }

        return columns;
    }

    static double[,] Sub(double[,] matrix, int[] places)
    {
        double[,] sub = new double[places.Length, places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            for (int j = 0; j < places.Length; j++)
            {
                sub[i, j] = matrix[places[i], places[j]];
            }
        }

        return sub;
    }
}
