using GpuMargin.Numerics;

namespace GpuMargin.Volatility;

/// <summary>Volatility at which Black-76 gives a value.</summary>
public static class ImpliedVolatility
{
    const int StepsAtMost = 60;
    const double Converged = 4e-16;
    const double LargestDeviation = 40;
    const double RootTwoPi = 2.5066282746310002;

    /// <param name="value">Undiscounted value of the option.</param>
    /// <param name="forward">Above zero.</param>
    /// <param name="strike">Above zero.</param>
    /// <param name="years">To expiry, above zero.</param>
    /// <param name="isCall">Call or put.</param>
    /// <returns>A year; NaN where the value is not between the intrinsic value and the forward (put: strike).</returns>
    public static double Black76(double value, double forward, double strike, double years, bool isCall)
    {
        double intrinsic = Math.Max(0, isCall ? forward - strike : strike - forward);
        double time = value - intrinsic, largest = Math.Min(forward, strike);
        if (!(time > 0 && time < largest && forward > 0 && strike > 0 && years > 0))
        {
            return double.NaN;
        }

        double x = -Math.Abs(LogRatio(strike, forward));
        return Deviation(x, HostMath.Log(time / Math.Sqrt(forward * strike))) / Math.Sqrt(years);
    }

    // Below the point where b bends, √(2|x|), 1/√(−2 ln b) is nearly linear in s and Newton's steps converge; above it b is concave and Halley's do, from the left.
    static double Deviation(double x, double logValue)
    {
        double bend = Math.Sqrt(-2 * x), target = Line(logValue);
        bool isBelow = x < 0 && logValue < NormalizedBlack.LogValue(x, bend);
        double s = isBelow ? Math.Min(bend, -x * target) : Math.Max(bend, RootTwoPi * HostMath.Exp(logValue)), low = 0, high = isBelow ? bend : LargestDeviation;
        for (int step = 0; step < StepsAtMost; step++)
        {
            double found = NormalizedBlack.LogValue(x, s), slope = HostMath.Exp(NormalizedBlack.LogVega(x, s) - found); // of ln b
            (low, high) = found < logValue ? (s, high) : (low, s);
            double move;
            if (isBelow)
            {
                double line = Line(found);
                move = (target - line) / (line * line * line * slope);
            }
            else
            {
                double newton = HostMath.Expm1(logValue - found) / slope, bending = x * x / (s * s * s) - s / 4;
                move = newton / Math.Max(0.5, 1 + newton * bending / 2);
            }

            double next = s + move;
            next = next > low && next < high ? next : Math.Abs(move) <= Converged * s ? s : (low + high) / 2;
            if (Math.Abs(next - s) <= Converged * s)
            {
                return next;
            }

            s = next;
        }

        return s;
    }

    // Near one the quotient loses what the difference keeps.
    static double LogRatio(double strike, double forward) =>
        strike > forward / 2 && strike < 2 * forward ? HostMath.Log1p((strike - forward) / forward) : HostMath.Log(strike / forward);

    static double Line(double logValue) => 1 / Math.Sqrt(-2 * logValue);
}
