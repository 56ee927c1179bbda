using MathNet.Numerics.Distributions;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Hansen's skewed t distribution with mean 0 and variance 1 (Hansen 1994); λ = 0 is Student's t with variance 1.</summary>
/// <remarks>MathNet's t and not the engine's <see cref="Numerics.StudentT"/>: the two differ by up to 1e-11, and recorded p-values and persistences are written to their last digit.</remarks>
readonly struct HansenSkewedT
{
    readonly double nu;
    readonly double lambda;
    readonly double a;
    readonly double b;

    public HansenSkewedT(double nu, double lambda)
    {
        this.nu = nu;
        this.lambda = lambda;
        a = 4 * lambda * Math.Exp(StudentTInnovation.LogPeak(nu)) * (nu - 2) / (nu - 1);
        b = Math.Sqrt(1 + 3 * lambda * lambda - a * a);
    }

    /// <summary>P(Z ≤ z).</summary>
    public double Cdf(double z)
    {
        double y = b * z + a;
        double scale = Math.Sqrt(nu / (nu - 2));
        return y < 0
            ? (1 - lambda) * StudentT.CDF(0, 1, nu, scale * y / (1 - lambda))
            : 1 - (1 + lambda) * StudentT.CDF(0, 1, nu, -scale * y / (1 + lambda));
    }

    /// <summary>E[z²; z &lt; 0], the weight of γ in the persistence: ½ for λ = 0.</summary>
    /// <remarks>
    /// From the incomplete moments of Student's t: t²(1 + t²/ν)^(−(ν + 1)/2) = ν·((1 + t²/ν)^(−(ν − 1)/2) − (1 + t²/ν)^(−(ν + 1)/2)),
    /// whose first term is a t density with ν − 2 degrees of freedom.
    /// </remarks>
    public double DownsideShare => lambda > 0 ? 1 - new HansenSkewedT(nu, -lambda).DownsideShare : NegativeSkewShare();

    double NegativeSkewShare()
    {
        double unit = Math.Sqrt(nu / (nu - 2)); // standard deviation of the plain t
        double cut = a / (1 - lambda) * unit;
        double below = StudentT.CDF(0, 1, nu, cut);
        double first = -(nu + cut * cut) / (nu - 1) * StudentT.PDF(0, 1, nu, cut) / unit;
        double second = ((nu - 1) * StudentT.CDF(0, 1, nu - 2, cut / unit) - (nu - 2) * below);
        double width = 1 - lambda;
        return width / (b * b) * (width * width * second - 2 * a * width * first + a * a * below);
    }
}
