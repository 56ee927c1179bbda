namespace GpuMargin.Calibration.Volatility.Estimation;

readonly struct NormalInnovation : IInnovation
{
    /// <summary>½·ln 2π.</summary>
    const double HalfLogTwoPi = 0.91893853320467274178;

    public double LogDensity(double e, double h, out double byE, out double byH, out double byFreedom, out double bySkew)
    {
        double inverse = 1 / h;
        double square = e * e * inverse;
        byE = -e * inverse;
        byH = 0.5 * inverse * (square - 1);
        byFreedom = 0;
        bySkew = 0;
        return -HalfLogTwoPi - 0.5 * (Math.Log(h) + square);
    }
}
