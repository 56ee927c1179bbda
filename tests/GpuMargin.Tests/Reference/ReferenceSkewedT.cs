namespace GpuMargin.Tests.Reference;

/// <summary>Hansen's skewed t distribution: mean 0, variance 1, ν &gt; 2, −1 &lt; λ &lt; 1 (Hansen 1994, equations 10 to 13).</summary>
/// <remarks>g(z) = b·c·(1 + y²/(ν − 2))^(−(ν + 1)/2) with y = (bz + a)/(1 − λ) where bz + a &lt; 0 and y = (bz + a)/(1 + λ) otherwise; a = 4λc(ν − 2)/(ν − 1), b² = 1 + 3λ² − a², c = Γ((ν + 1)/2)/(√(π(ν − 2))·Γ(ν/2)). λ = 0 is the t distribution with variance 1.</remarks>
public sealed class ReferenceSkewedT
{
    readonly double nu;
    readonly double lambda;
    readonly double scale; // √(ν/(ν − 2)): standard deviation of the plain t
    readonly double a;
    readonly double b;

    public ReferenceSkewedT(double nu, double lambda)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(nu, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Abs(lambda), 1, nameof(lambda));
        this.nu = nu;
        this.lambda = lambda;
        bool normal = double.IsPositiveInfinity(nu);
        scale = normal ? 1 : Math.Sqrt(nu / (nu - 2));
        double c = ReferenceStudentT.Density(0, nu) * scale;
        a = 4 * lambda * c * (normal ? 1 : (nu - 2) / (nu - 1));
        b = Math.Sqrt(1 + (3 * lambda * lambda) - (a * a));
    }

    public double Density(double z)
    {
        double y = (b * z) + a;
        return b * scale * ReferenceStudentT.Density(scale * y / Side(y), nu);
    }

    /// <summary>P(Z ≤ z).</summary>
    public double Cdf(double z)
    {
        double y = (b * z) + a;
        return y < 0
            ? (1 - lambda) * ReferenceStudentT.Cdf(scale * y / (1 - lambda), nu)
            : 1 - UpperTail(z);
    }

    /// <summary>P(Z &gt; z), without the cancellation of 1 − <see cref="Cdf"/>.</summary>
    public double UpperTail(double z)
    {
        double y = (b * z) + a;
        return y < 0
            ? 1 - Cdf(z)
            : (1 + lambda) * ReferenceStudentT.UpperTail(scale * y / (1 + lambda), nu);
    }

    /// <summary>F⁻¹(p), 0 &lt; p &lt; 1.</summary>
    public double Quantile(double p) =>
        p < (1 - lambda) / 2
            ? (((1 - lambda) / scale * ReferenceStudentT.Quantile(p / (1 - lambda), nu)) - a) / b
            : UpperQuantile(1 - p);

    /// <summary>The value exceeded with probability <paramref name="q"/>.</summary>
    public double UpperQuantile(double q) =>
        q <= (1 + lambda) / 2
            ? (((1 + lambda) / scale * ReferenceStudentT.UpperQuantile(q / (1 + lambda), nu)) - a) / b
            : Quantile(1 - q);

    double Side(double y) => y < 0 ? 1 - lambda : 1 + lambda;
}
