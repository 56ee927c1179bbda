using GpuMargin.Numerics;

namespace GpuMargin.Volatility;

/// <summary>Slices by parameters that may have any value: every point gives a slice with positive variance, b ≥ 0, |ρ| &lt; 1 and σ &gt; 0.</summary>
abstract class SliceShape
{
    const double LargestLogarithm = 40;

    // Of the bend bσ√(1 − ρ²): a least variance above it is not lost in the rounding of a.
    const double LeastShare = 1e-9;

    /// <summary>The five parameters of raw SVI, as ln of the least variance, ln b, artanh ρ, m and ln σ.</summary>
    public static SliceShape Raw { get; } = new RawShape();

    /// <summary>Three parameters, as ln θ, ln φ and artanh ρ of w = θ/2·(1 + ρφk + √((φk + ρ)² + 1 − ρ²)) (SSVI, Gatheral and Jacquier 2014).</summary>
    public static SliceShape Ssvi { get; } = new SsviShape();

    public abstract SviSlice At(ReadOnlySpan<double> x);

    public abstract double[] Of(SviSlice slice);

    static double Exp(double x) => HostMath.Exp(Math.Clamp(x, -LargestLogarithm, LargestLogarithm));

    // tanh.
    static double Correlation(double x) => 1 - 2 / (1 + Exp(2 * Math.Clamp(x, -8, 8)));

    static double Artanh(double correlation) => HostMath.Log((1 + correlation) / (1 - correlation)) / 2;

    sealed class RawShape : SliceShape
    {
        public override SviSlice At(ReadOnlySpan<double> x)
        {
            double b = Exp(x[1]), rho = Correlation(x[2]), sigma = Exp(x[4]), bend = b * sigma * Math.Sqrt((1 - rho) * (1 + rho));
            return new SviSlice(Exp(x[0]) + (LeastShare - 1) * bend, b, rho, x[3], sigma);
        }

        public override double[] Of(SviSlice slice) =>
            [HostMath.Log(slice.LeastVariance - LeastShare * (slice.LeastVariance - slice.A)), HostMath.Log(slice.B), Artanh(slice.Rho), slice.M, HostMath.Log(slice.Sigma)];
    }

    sealed class SsviShape : SliceShape
    {
        public override SviSlice At(ReadOnlySpan<double> x)
        {
            double theta = Exp(x[0]), phi = Exp(x[1]), rho = Correlation(x[2]), rest = (1 - rho) * (1 + rho);
            return new SviSlice(theta * rest / 2, theta * phi / 2, rho, -rho / phi, Math.Sqrt(rest) / phi);
        }

        public override double[] Of(SviSlice slice)
        {
            double phi = Math.Sqrt((1 - slice.Rho) * (1 + slice.Rho)) / slice.Sigma;
            return [HostMath.Log(2 * slice.B / phi), HostMath.Log(phi), Artanh(slice.Rho)];
        }
    }
}
