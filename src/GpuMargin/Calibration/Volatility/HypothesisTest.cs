namespace GpuMargin.Calibration.Volatility;

/// <summary>A test's outcome.</summary>
/// <param name="DegreesOfFreedom">Of the χ² the statistic follows; 0 for a test that has none.</param>
/// <param name="PValue">Probability of a greater statistic when the hypothesis holds.</param>
public readonly record struct HypothesisTest(double Statistic, int DegreesOfFreedom, double PValue)
{
    internal static HypothesisTest ChiSquared(double statistic, int degreesOfFreedom) => new(
        statistic, degreesOfFreedom,
        statistic > 0 ? MathNet.Numerics.SpecialFunctions.GammaUpperRegularized(0.5 * degreesOfFreedom, 0.5 * statistic) : 1);
}
