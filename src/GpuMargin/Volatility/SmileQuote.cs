using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Volatility;

/// <summary>A volatility that a smile is fitted to.</summary>
/// <param name="LogMoneyness">ln(K/F).</param>
/// <param name="Volatility">A year, above zero.</param>
/// <param name="Weight">Relative, above zero: vega over the spread of the price, which is one over the spread of the volatility.</param>
public readonly record struct SmileQuote(double LogMoneyness, double Volatility, double Weight = 1)
{
    /// <summary>A quote by strike.</summary>
    /// <param name="strike">Above zero.</param>
    /// <param name="forward">Above zero.</param>
    /// <param name="volatility">A year, above zero.</param>
    public static SmileQuote OfStrike(double strike, double forward, double volatility) => new(HostMath.Log(strike / forward), volatility);

    /// <summary>A quote by delta.</summary>
    /// <param name="delta">Φ(d1), the forward delta of the call, in (0, 1).</param>
    /// <param name="volatility">A year, above zero.</param>
    /// <param name="years">To expiry, above zero.</param>
    public static SmileQuote OfDelta(double delta, double volatility, double years)
    {
        double deviation = volatility * Math.Sqrt(years);
        return new SmileQuote(deviation * (deviation / 2 - StudentTScores.NormalScore(delta)), volatility);
    }

    /// <summary>Φ(d1).</summary>
    /// <param name="deviation">σ√T.</param>
    internal static double Delta(double logMoneyness, double deviation) =>
        NormalDistribution.Cumulative(Float64.Of(deviation / 2 - logMoneyness / deviation)).Value;
}
