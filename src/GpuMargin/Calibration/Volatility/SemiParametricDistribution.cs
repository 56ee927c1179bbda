namespace GpuMargin.Calibration.Volatility;

/// <summary>Distribution of standardised residuals: the sample's own quantiles in the middle, generalised-Pareto tails beyond a threshold on either side (McNeil and Frey 2000), so that scenarios can go past history.</summary>
/// <remarks>
/// The residuals are standardised (mean 0, variance 1, divisor n) first. Order statistic i stands at probability (i − ½)/n,
/// linear between, as in the scenarios; a threshold is the quantile at the tail's share, so the quantile function is continuous.
/// </remarks>
public sealed class SemiParametricDistribution
{
    /// <summary>McNeil and Frey's choice: a tenth of the residuals on each side.</summary>
    public const double UsualTailShare = 0.1;

    /// <summary>Reaches the quantiles at 0.00005 and 0.99995, four times as far as ten years of days do.</summary>
    public const int UsualPoints = 10_000;

    readonly double[] sorted;

    SemiParametricDistribution(double[] sorted, double tailShare, double lower, double upper, GeneralizedParetoTail lowerTail, GeneralizedParetoTail upperTail)
    {
        this.sorted = sorted;
        TailShare = tailShare;
        LowerThreshold = lower;
        UpperThreshold = upper;
        LowerTail = lowerTail;
        UpperTail = upperTail;
    }

    /// <summary>Probability of each tail.</summary>
    public double TailShare { get; }

    public double LowerThreshold { get; }

    public double UpperThreshold { get; }

    /// <summary>Tail of <see cref="LowerThreshold"/> − z.</summary>
    public GeneralizedParetoTail LowerTail { get; }

    /// <summary>Tail of z − <see cref="UpperThreshold"/>.</summary>
    public GeneralizedParetoTail UpperTail { get; }

    /// <param name="residuals">In any order and unit.</param>
    /// <param name="tailShare">In (0, ½); each tail must hold ten residuals.</param>
    /// <exception cref="ArgumentException">Too few residuals, one that is not finite, or all equal in a tail or altogether.</exception>
    public static SemiParametricDistribution Fit(IReadOnlyList<double> residuals, double tailShare = UsualTailShare)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        if (!(tailShare > 0 && tailShare < 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(tailShare), tailShare, "The share of a tail lies in (0, 0.5).");
        }

        double mean = residuals.Sum(z => z / residuals.Count);
        double deviation = Math.Sqrt(residuals.Sum(z => (z - mean) * (z - mean) / residuals.Count));
        if (!(deviation > 0 && double.IsFinite(deviation)))
        {
            throw new ArgumentException("The residuals are constant or not finite.", nameof(residuals));
        }

        double[] sorted = [.. residuals.Select(z => (z - mean) / deviation).Order()];
        double lower = Interpolate(sorted, tailShare);
        double upper = Interpolate(sorted, 1 - tailShare);
        return new SemiParametricDistribution(
            sorted, tailShare, lower, upper,
            GeneralizedParetoTail.Fit([.. sorted.Where(z => z < lower).Select(z => lower - z)]),
            GeneralizedParetoTail.Fit([.. sorted.Where(z => z > upper).Select(z => z - upper)]));
    }

    /// <summary>F⁻¹(p), 0 &lt; p &lt; 1.</summary>
    public double Quantile(double p) =>
        p < TailShare ? LowerThreshold - LowerTail.UpperQuantile(p / TailShare)
        : p > 1 - TailShare ? UpperThreshold + UpperTail.UpperQuantile((1 - p) / TailShare)
        : Interpolate(sorted, p);

    /// <summary>The distribution as a column of residuals.csv: its quantiles at (i − ½)/n, ascending.</summary>
    /// <remarks>
    /// The scenarios read such a column back at the same probabilities, so between the outermost points they draw from this very
    /// distribution but for the standardisation, which takes out the small change of mean and variance that the tails make.
    /// Resampling at random would add sampling error for nothing.
    /// </remarks>
    public double[] Points(int count = UsualPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        double[] points = new double[count];
        for (int i = 0; i < count; i++)
        {
            points[i] = Quantile((i + 0.5) / count);
        }

        return points;
    }

    static double Interpolate(double[] sorted, double p)
    {
        double rank = Math.Clamp(p * sorted.Length - 0.5, 0, sorted.Length - 1);
        int i = Math.Min((int)rank, sorted.Length - 2);
        return sorted[i] + (rank - i) * (sorted[i + 1] - sorted[i]);
    }
}
