using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>How far scenarios move an option's volatility.</summary>
static class PremiumRange
{
    /// <summary>A third and three times of today's volatility, at least.</summary>
    const double Least = 3;

    /// <summary>Standard deviations of the shock.</summary>
    const double Deviations = 6;

    /// <summary>Largest logarithm of the volatility's growth that surfaces cover; zero without a factor.</summary>
    /// <param name="days">Of the path.</param>
    public static double HalfWidth(RiskFactor? volatility, int days) => volatility is null
        ? 0
        : Math.Max(HostMath.Log(Least), Deviations * Math.Sqrt(Math.Max(volatility.Variance, volatility.LongRunVariance) * Math.Max(1, days)));
}
