using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>One day of a GARCH(1,1) or GJR process (Bollerslev 1986; Glosten, Jagannathan and Runkle 1993).</summary>
static class GarchStep
{
    /// <summary>Largest bound of a log-return, a factor of 2.6e10 in price: it keeps every price finite in single precision.</summary>
    public const double ShockBound = 24;

    /// <summary>Adds the day's return to the shock and moves the variance: e = √h·z, r = mean + e, h' = ω + (α + γ·[e &lt; 0])·e² + β·h.</summary>
    /// <param name="innovation">z, mean 0 and variance 1.</param>
    /// <param name="negativeAlpha">α + γ.</param>
    /// <param name="bound">The shock is clamped to ± this at the end of every day; +∞: it is not.</param>
    /// <param name="shock">Σ r.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance<T>(
        T innovation, T mean, T omega, T alpha, T negativeAlpha, T beta, T bound, ref T variance, ref T shock)
        where T : unmanaged, ILane<T>
    {
        T deviation = T.Sqrt(variance);
        T e = deviation * innovation;
        T sum = shock + T.Fma(deviation, innovation, mean);
        shock = T.SelectGreater(T.Abs(sum), bound, T.CopySign(bound, sum), sum);
        T reaction = T.SelectGreater(T.Of(0), e, negativeAlpha, alpha);
        variance = T.Fma(reaction, e * e, T.Fma(beta, variance, omega));
    }
}
