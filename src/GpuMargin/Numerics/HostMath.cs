using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics;

/// <summary>Exponential and logarithm for plans: the kernels' own, because the C library's differ by platform and a plan must have the same bits everywhere.</summary>
static class HostMath
{
    public static double Exp(double x) => Elementary.Exp(Float64.Of(x)).Value;

    public static double Expm1(double x) => Elementary.Expm1(Float64.Of(x)).Value;

    public static double Log(double x) => Elementary.Log(Float64.Of(x)).Value;

    /// <summary>ln(1 + x) without losing small x (Kahan's correction), x &gt; −1.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Log(u) * (x / (u - 1));
    }

    /// <summary>sinh x.</summary>
    public static double Sinh(double x) => Expm1(2 * x) / (2 * Exp(x));

    /// <summary>sin x for |x| ≤ π/2; error ≤ 3e-16.</summary>
    public static double Sin(double x)
    {
        // Taylor's series; the term left out is below 2e-23.
        double square = x * x, sum = 0;
        for (int k = 26; k >= 2; k -= 2)
        {
            sum = square / (k * (k + 1)) * (1 - sum);
        }

        return x * (1 - sum);
    }
}
