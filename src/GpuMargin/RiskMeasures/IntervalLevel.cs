using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.RiskMeasures;

/// <summary>Confidence of two-sided, equal-tailed intervals and the quantiles that follow from it; arithmetic that is the same on every platform.</summary>
sealed record IntervalLevel
{
    /// <summary>Confidence of the intervals that are reported.</summary>
    public const decimal Reported = 0.95m;

    // Student's quantile in 1/ν: Abramowitz and Stegun 26.7.5.
    readonly double g1, g2, g3;

    static readonly IntervalLevel s_reported = new(Reported, 0.025, 1.959963984540054, 2.372271230, 2.822498616, 2.555849680);

    IntervalLevel(decimal confidence, double missPerSide, double z, double g1, double g2, double g3)
    {
        Confidence = confidence;
        MissPerSide = missPerSide;
        Z = z;
        this.g1 = g1;
        this.g2 = g2;
        this.g3 = g3;
    }

    /// <param name="confidence">0 &lt; c &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public static IntervalLevel Of(decimal confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0m);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1m);
        if (confidence == Reported)
        {
            return s_reported;
        }

        double miss = (double)((1 - confidence) / 2);
        double z = -NormalDistribution.LowerQuantile(Float64.Of(miss)).Value;
        double square = z * z;
        return new IntervalLevel(
            confidence,
            miss,
            z,
            z * (square + 1) / 4,
            z * ((5 * square + 16) * square + 3) / 96,
            z * (((3 * square + 19) * square + 17) * square - 15) / 384);
    }

    public decimal Confidence { get; }

    /// <summary>(1 − c)/2.</summary>
    public double MissPerSide { get; }

    /// <summary>Φ⁻¹((1 + c)/2).</summary>
    public double Z { get; }

    /// <summary>Student's quantile at (1 + c)/2; at 95 % 0.01 % low at 15 degrees of freedom, 0.7 % at 3, 3 % at 2.</summary>
    /// <param name="degreesOfFreedom">ν; the quantile is 0 where it is not positive.</param>
    internal double Student(double degreesOfFreedom) =>
        degreesOfFreedom > 0 ? Z + (g1 + (g2 + g3 / degreesOfFreedom) / degreesOfFreedom) / degreesOfFreedom : 0;
}
