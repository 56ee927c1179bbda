namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Hansen's skewed t (1994, equations 10 to 13): b·c·(1 + y²/(ν − 2))^(−(ν + 1)/2), y = (bz + a)/(1 ± λ).</summary>
readonly struct SkewedTInnovation : IInnovation
{
    readonly double excess;
    readonly double power;
    readonly double skew;
    readonly double a;
    readonly double b;
    readonly double aByFreedom;
    readonly double bByFreedom;
    readonly double aBySkew;
    readonly double bBySkew;
    readonly double logPeak;
    readonly double logPeakByFreedom;

    public SkewedTInnovation(double nu, double lambda)
    {
        excess = nu - 2;
        power = nu + 1;
        skew = lambda;
        double logC = StudentTInnovation.LogPeak(nu);
        double logCByFreedom = StudentTInnovation.LogPeakSlope(nu);
        aBySkew = 4 * Math.Exp(logC) * (nu - 2) / (nu - 1);
        a = lambda * aBySkew;
        b = Math.Sqrt(1 + 3 * lambda * lambda - a * a);
        aByFreedom = a * (logCByFreedom + 1 / (nu - 2) - 1 / (nu - 1));
        bByFreedom = -a * aByFreedom / b;
        bBySkew = (3 * lambda - a * aBySkew) / b;
        logPeak = logC + Math.Log(b);
        logPeakByFreedom = logCByFreedom + bByFreedom / b;
    }

    public double LogDensity(double e, double h, out double byE, out double byH, out double byFreedom, out double bySkew)
    {
        double root = Math.Sqrt(h);
        double z = e / root;
        double numerator = b * z + a;
        double side = numerator < 0 ? -1 : 1;
        double stretch = 1 / (1 + side * skew);
        double y = numerator * stretch;
        double square = y * y;
        double byY = -power * y / (excess + square);
        double log = Math.Log(1 + square / excess);
        double byZ = byY * b * stretch;
        byE = byZ / root;
        byH = -0.5 / h * (1 + byZ * z);
        byFreedom = logPeakByFreedom - 0.5 * log - 0.5 * byY * y / excess + byY * stretch * (z * bByFreedom + aByFreedom);
        bySkew = bBySkew / b + byY * stretch * (z * bBySkew + aBySkew - side * y);
        return logPeak - 0.5 * (power * log + Math.Log(h));
    }
}
