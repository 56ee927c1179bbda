using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation.Surfaces;

namespace GpuMargin.Revaluation.American;

/// <summary>How far the surfaces of premiums reach; beyond, the premium stays what it is at the end.</summary>
static class PremiumRange
{
    /// <summary>A third and three times of today's volatility, at least.</summary>
    public const double LeastGrowth = 3;

    /// <summary>Standard deviations of a shock over the path.</summary>
    const double Deviations = 6;

    /// <summary>Least move of a rate.</summary>
    const double LeastMove = 0.001;

    // Highest rate by the lowest; below, the premium falls to zero in proportion to the rate.
    const double RateRatio = 64;

    // A lower rate is worth less than a premium's tolerance in a year.
    const double LeastRate = 1e-6;

    /// <summary>Largest logarithm of the volatility's growth.</summary>
    /// <param name="days">Of the path.</param>
    public static double OfVolatility(VolatilityDynamics dynamics, IReadOnlyList<RiskFactor> factors, Instrument instrument, int days)
    {
        double deviation = 0;
        foreach (PivotLoading pivot in dynamics.Loadings)
        {
            deviation += Math.Abs(pivot.Loading) * Deviation(factors[pivot.Factor], days);
        }

        double range = Deviations * deviation;
        if (dynamics.Smiles.Length > 0)
        {
            double years = instrument.YearsToExpiry;
            double forward = Deviations * Deviation(factors[instrument.Underlying], days) + OfRate(instrument.RateMove(years), factors, days) * years;
            range += dynamics.LargestOfForward(forward);
        }

        return Math.Max(HostMath.Log(LeastGrowth), range);
    }

    /// <summary>Largest move of a rate; zero where it does not move.</summary>
    public static double OfRate(RateMove move, IReadOnlyList<RiskFactor> factors, int days) => move.First < 0
        ? 0
        : Math.Max(LeastMove, Deviations * (Math.Abs(move.Weight) * Deviation(factors[move.First], days)
            + (move.Second < 0 ? 0 : Math.Abs(move.SecondWeight) * Deviation(factors[move.Second], days))));

    /// <summary>Span of the rates of a put of strike one; none where none moves or early exercise is never better than waiting at any of them.</summary>
    /// <param name="move">Largest move.</param>
    public static RateSpan SpanOf(RateMotion motion, double rate, double yield, double move)
    {
        if (move == 0 || motion == RateMotion.None)
        {
            return default;
        }

        if (motion == RateMotion.Yield)
        {
            // Without a rate the put is exercised early only while the yield is negative.
            return rate > 0 ? new RateSpan(motion, -move, move)
                : rate == 0 && yield < 0 ? new RateSpan(motion, -move, Math.Min(move, -yield / 2))
                : default;
        }

        double high = rate + move;
        if (motion == RateMotion.Rate && yield < 0)
        {
            return rate > 0 ? new RateSpan(motion, HostMath.Log(Math.Max(rate - move, rate / 2)), HostMath.Log(high)) : default;
        }

        return high > LeastRate ? new RateSpan(motion, HostMath.Log(Math.Max(rate - move, high / RateRatio)), HostMath.Log(high)) : default;
    }

    static double Deviation(RiskFactor factor, int days) => Math.Sqrt(Math.Max(factor.Variance, factor.LongRunVariance) * Math.Max(1, days));
}
