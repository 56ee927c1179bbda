namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Density of e = √h·z, z with mean 0 and variance 1, and its derivatives; constants of the parameters are computed once.</summary>
interface IInnovation
{
    /// <returns>ln of the density of e.</returns>
    double LogDensity(double e, double h, out double byE, out double byH, out double byFreedom, out double bySkew);
}
