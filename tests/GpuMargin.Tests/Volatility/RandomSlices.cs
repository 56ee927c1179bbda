using GpuMargin.Volatility;

namespace GpuMargin.Tests.Volatility;

/// <summary>Slices of SSVI surfaces, free of butterfly arbitrage by θφ(1 + |ρ|) &lt; 4 and θφ²(1 + |ρ|) ≤ 4 (Gatheral and Jacquier 2014, theorem 4.2).</summary>
static class RandomSlices
{
    public static SviSlice Draw(Random random)
    {
        double rho = 1.98 * random.NextDouble() - 0.99, theta = Math.Exp(-7 + 8 * random.NextDouble());
        double steepest = Math.Min(4 / (theta * (1 + Math.Abs(rho))), Math.Sqrt(4 / (theta * (1 + Math.Abs(rho)))));
        return Ssvi(theta, steepest * (0.01 + 0.98 * random.NextDouble()), rho);
    }

    /// <summary>w(k) = θ/2·(1 + ρφk + √((φk + ρ)² + 1 − ρ²)).</summary>
    public static SviSlice Ssvi(double theta, double phi, double rho)
    {
        double rest = (1 - rho) * (1 + rho);
        return new SviSlice(theta * rest / 2, theta * phi / 2, rho, -rho / phi, Math.Sqrt(rest) / phi);
    }
}
