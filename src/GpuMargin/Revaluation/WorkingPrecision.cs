using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation;

/// <summary>Whether the working precision keeps an option's P&amp;L.</summary>
/// <remarks>
/// A scenario's value is the difference of a = A·Φ(d1) and b = B·Φ(d2), each rounded to 2⁻²⁴ of itself in single precision, and today's value V is taken
/// off: the rounding is about 2⁻²⁴·(a + b + V), and out of the money, where rounding moves the density by d1² times as much, more of V. Of a put whose strike
/// is many times the price, the P&amp;L is a small part of that. The P&amp;L's scale is a's share of a move: by convexity the larger P&amp;L of the moves x and −x is at
/// least a·(1 − e^−x). What is paid in coin and counted in coin moves with b instead.
/// </remarks>
static class WorkingPrecision
{
    /// <summary>Largest rounding that is accepted, as a share of the P&amp;L's scale.</summary>
    /// <remarks>Measured over <c>DeepOptionTests</c>, the error of a scenario is up to five times the rounding above.</remarks>
    const double Tolerance = 5e-6;

    /// <summary>The same of an option that is deep in or out of the money.</summary>
    const double DeepTolerance = 1e-6;

    /// <summary>The same of double precision.</summary>
    const double DoubleTolerance = 1e-9;

    /// <summary>ln 10: strikes beyond ten times the forward, or below a tenth of it.</summary>
    const double Deep = 2.302585092994046;

    /// <summary>Standard deviations of the move that sets the scale: about the largest of 10,000 scenarios.</summary>
    const double Deviations = 4;

    const double Single = 1.0 / (1L << 24);

    const double Double = 1.0 / (1L << 53);

    /// <param name="right">+1 call, −1 put.</param>
    /// <param name="value">Today's value per contract.</param>
    /// <param name="variance">Of the underlying's log-return over the horizon.</param>
    /// <param name="paidInCoin">The option is coin-margined, and its currency does not move with the underlying.</param>
    public static bool Keeps(bool single, double right, OptionTerms terms, double value, double variance, bool paidInCoin)
    {
        double deviation = Math.Max(terms.Deviation, OptionChange.LeastDeviation(single));
        double d1 = right * (terms.LogMoneyness / deviation + 0.5 * deviation);
        double asset = terms.Asset * NormalDistribution.Cumulative(Float64.Of(d1)).Value;
        double strike = terms.Strike * NormalDistribution.Cumulative(Float64.Of(d1 - right * deviation)).Value;
        double scale = -HostMath.Expm1(-Deviations * Math.Sqrt(variance)) * (paidInCoin ? strike : asset);
        double tail = Math.Min(d1, 0);
        double rounding = asset + strike + (1 + 2 * tail * tail) * value;
        double tolerance = !single ? DoubleTolerance / Double : (Math.Abs(terms.LogMoneyness) > Deep ? DeepTolerance : Tolerance) / Single;
        return rounding <= tolerance * scale;
    }
}
