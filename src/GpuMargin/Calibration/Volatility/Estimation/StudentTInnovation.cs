using MathNet.Numerics;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Student's t scaled to variance 1: Γ((ν + 1)/2)/(√(π(ν − 2))·Γ(ν/2))·(1 + z²/(ν − 2))^(−(ν + 1)/2).</summary>
readonly struct StudentTInnovation : IInnovation
{
    readonly double excess; // ν − 2
    readonly double power; // ν + 1
    readonly double logPeak;
    readonly double logPeakByFreedom;

    public StudentTInnovation(double nu)
    {
        excess = nu - 2;
        power = nu + 1;
        logPeak = LogPeak(nu);
        logPeakByFreedom = LogPeakSlope(nu);
    }

    /// <summary>ln of the density at 0.</summary>
    public static double LogPeak(double nu) =>
        SpecialFunctions.GammaLn((nu + 1) / 2) - SpecialFunctions.GammaLn(nu / 2) - 0.5 * Math.Log(Math.PI * (nu - 2));

    public static double LogPeakSlope(double nu) =>
        0.5 * (SpecialFunctions.DiGamma((nu + 1) / 2) - SpecialFunctions.DiGamma(nu / 2) - 1 / (nu - 2));

    public double LogDensity(double e, double h, out double byE, out double byH, out double byFreedom, out double bySkew)
    {
        double scaled = h * excess;
        double square = e * e;
        double slope = power / (scaled + square);
        double log = Math.Log(1 + square / scaled);
        byE = -slope * e;
        byH = 0.5 / h * (slope * square - 1);
        byFreedom = logPeakByFreedom - 0.5 * log + 0.5 * slope * square / excess;
        bySkew = 0;
        return logPeak - 0.5 * (power * log + Math.Log(h));
    }
}
