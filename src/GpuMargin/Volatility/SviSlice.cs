namespace GpuMargin.Volatility;

/// <summary>Total variance of one expiry by log-moneyness: w(k) = a + b·(ρ(k − m) + √((k − m)² + σ²)), raw SVI (Gatheral 2004).</summary>
/// <param name="A">a, of w.</param>
/// <param name="B">b ≥ 0, slope of the wings.</param>
/// <param name="Rho">ρ in (−1, 1).</param>
/// <param name="M">m, of k = ln(K/F).</param>
/// <param name="Sigma">σ &gt; 0, width of the bend; not a volatility.</param>
public readonly record struct SviSlice(double A, double B, double Rho, double M, double Sigma)
{
    /// <summary>Total variance w(k) = σ(k)²·T.</summary>
    /// <param name="k">ln(K/F).</param>
    public double TotalVariance(double k)
    {
        double x = k - M;
        return A + B * (Rho * x + Radius(x));
    }

    /// <summary>w′(k).</summary>
    public double Slope(double k)
    {
        double x = k - M;
        return B * (Rho + x / Radius(x));
    }

    /// <summary>w″(k).</summary>
    public double Curvature(double k)
    {
        double radius = Radius(k - M);
        return B * Sigma * Sigma / (radius * radius * radius);
    }

    /// <summary>Implied volatility, a year.</summary>
    /// <param name="k">ln(K/F).</param>
    /// <param name="years">To expiry, above zero.</param>
    public double Volatility(double k, double years) => Math.Sqrt(TotalVariance(k) / years);

    /// <summary>Least total variance, at <see cref="Lowest"/>: a + bσ√(1 − ρ²). A slice needs it above zero.</summary>
    public double LeastVariance => A + B * Sigma * Math.Sqrt((1 - Rho) * (1 + Rho));

    /// <summary>Log-moneyness of the least total variance: m − ρσ/√(1 − ρ²).</summary>
    public double Lowest => M - Rho * Sigma / Math.Sqrt((1 - Rho) * (1 + Rho));

    /// <summary>Slope of the steeper wing, b(1 + |ρ|); above 2 a wing has arbitrage (Lee 2004).</summary>
    public double Wing => B * (1 + Math.Abs(Rho));

    /// <summary>Durrleman's g(k) = (1 − kw′/2w)² − w′²/4·(1/w + 1/4) + w″/2; below zero the density of prices is negative.</summary>
    /// <param name="k">ln(K/F).</param>
    public double Durrleman(double k)
    {
        double w = TotalVariance(k), slope = Slope(k), share = 1 - k * slope / (2 * w);
        return share * share - slope * slope / 4 * (1 / w + 0.25) + Curvature(k) / 2;
    }

    /// <summary>g′(k).</summary>
    internal double DurrlemanSlope(double k)
    {
        double x = k - M, radius = Radius(x), w = TotalVariance(k), slope = Slope(k), curvature = Curvature(k);
        double share = 1 - k * slope / (2 * w), shareSlope = (k * slope * slope / w - slope - k * curvature) / (2 * w);
        double third = -3 * curvature * x / (radius * radius);
        return 2 * share * shareSlope - slope * curvature / 2 * (1 / w + 0.25) + slope * slope * slope / (4 * w * w) + third / 2;
    }

    double Radius(double x) => Math.Sqrt(x * x + Sigma * Sigma);
}
