namespace GpuMargin.Calibration.Volatility;

/// <summary>Parameters of a return r = μ + e, e = √h·z, h' = ω + (α + γ·[e &lt; 0])·e² + β·h, in the units of the returns; or their standard errors, NaN for what was not estimated.</summary>
/// <param name="Mean">μ, return.</param>
/// <param name="Omega">ω, squared return.</param>
/// <param name="DegreesOfFreedom">ν &gt; 2 of z; NaN unless it is a t or skewed t.</param>
/// <param name="Skew">Hansen's λ in (−1, 1); 0 unless z is skewed.</param>
public readonly record struct VolatilityParameters(
    double Mean, double Omega, double Alpha, double Gamma, double Beta, double DegreesOfFreedom, double Skew)
{
    internal const int MeanIndex = 0;
    internal const int OmegaIndex = 1;
    internal const int AlphaIndex = 2;
    internal const int GammaIndex = 3;
    internal const int BetaIndex = 4;
    internal const int FreedomIndex = 5;
    internal const int SkewIndex = 6;
    internal const int Count = 7;

    /// <param name="theta">In the order above, of returns divided by <paramref name="unit"/>.</param>
    internal static VolatilityParameters FromScaled(ReadOnlySpan<double> theta, double unit) => new(
        theta[MeanIndex] * unit, theta[OmegaIndex] * unit * unit, theta[AlphaIndex], theta[GammaIndex],
        theta[BetaIndex], theta[FreedomIndex], theta[SkewIndex]);
}
