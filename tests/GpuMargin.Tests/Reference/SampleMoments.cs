namespace GpuMargin.Tests.Reference;

/// <summary>Mean and variance of a sample with their standard errors.</summary>
/// <param name="Variance">Divisor n − 1.</param>
/// <param name="VarianceStandardError">√((m₄ − s⁴)/n) from the sample's own fourth moment: right for heavy tails too while E[x⁴] is finite; where it is not (t with ν ≤ 4) the variance has no normal limit and this only grows slowly.</param>
public readonly record struct SampleMoments(double Mean, double MeanStandardError, double Variance, double VarianceStandardError)
{
    public static SampleMoments Of(IReadOnlyList<double> sample)
    {
        int n = sample.Count;
        double mean = sample.Average();
        double variance = sample.Sum(x => Math.Pow(x - mean, 2)) / (n - 1);
        double fourth = sample.Average(x => Math.Pow(x - mean, 4));
        return new(mean, Math.Sqrt(variance / n), variance, Math.Sqrt((fourth - (variance * variance)) / n));
    }

    /// <summary>Kurtosis E[x⁴]/σ⁴ of the t distribution: 3 + 6/(ν − 4); infinite for ν ≤ 4.</summary>
    public static double StudentTKurtosis(double nu) => nu > 4 ? 3 + (6 / (nu - 4)) : double.PositiveInfinity;

    /// <summary>σ²·√((κ − 1)/n) of n independent draws with variance σ² and kurtosis κ.</summary>
    public static double VarianceStandardErrorOf(double variance, double kurtosis, int n) => variance * Math.Sqrt((kurtosis - 1) / n);
}
