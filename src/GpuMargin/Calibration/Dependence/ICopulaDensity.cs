namespace GpuMargin.Calibration.Dependence;

/// <summary>Log density of a t copula with a known correlation matrix at a sample.</summary>
interface ICopulaDensity
{
    /// <param name="nu">ν &gt; 0; ∞ is the Gaussian copula.</param>
    /// <returns>By day.</returns>
    double[] Log(double nu);

    /// <summary>Derivatives of the log density by the normal scores Φ⁻¹(u).</summary>
    /// <param name="nu">ν &gt; 0, finite.</param>
    /// <returns>[day][factor].</returns>
    double[][] Slopes(double nu);
}
