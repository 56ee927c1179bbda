using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>What exercise at an ex-date is worth above waiting, at points of a quadrature in ln S*; zero below the critical price.</summary>
/// <param name="exDate">When.</param>
/// <param name="first">ln S* of the critical price.</param>
/// <param name="points">ln S*, rising.</param>
/// <param name="weighted">The gain times the quadrature's weight.</param>
/// <param name="end">ln S* from which on the gain is <paramref name="limit"/>.</param>
sealed class ExDateGain(ExDate exDate, double first, double[] points, double[] weighted, double end, double limit)
{
    // Standard deviations beyond which the normal density is nothing.
    public const double Tail = 8.5;

    public ExDate ExDate { get; } = exDate;

    /// <summary>ln S* at and above which the call is exercised.</summary>
    public double First { get; } = first;

    /// <summary>ln S* today from which the price comes to the critical one with its mean growth.</summary>
    public double Centre(double rate, double volatility) => First - (rate - 0.5 * volatility * volatility) * ExDate.Years;

    /// <summary>Value at a time before the ex-date.</summary>
    public double At(double logPrice, double time, double rate, double volatility)
    {
        double passed = ExDate.Years - time, deviation = volatility * Math.Sqrt(passed);
        double mean = logPrice + rate * passed - 0.5 * deviation * deviation, last = mean + Tail * deviation, sum = 0;
        int k = Array.BinarySearch(points, mean - Tail * deviation);
        for (k = k < 0 ? ~k : k; k < points.Length && points[k] < last; k++)
        {
            sum += weighted[k] * StandardNormal.Instance.Density((points[k] - mean) / deviation);
        }

        return HostMath.Exp(-rate * passed) * (sum / deviation + limit * StandardNormal.Instance.UpperTail((end - mean) / deviation));
    }
}
