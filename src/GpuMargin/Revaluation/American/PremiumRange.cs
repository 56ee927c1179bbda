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

    /// <summary>Largest move of a put's rate, which stays above zero, where a put is exercised early.</summary>
    public static double MostOfRate(double rate) => 0.5 * rate;

    static double Deviation(RiskFactor factor, int days) => Math.Sqrt(Math.Max(factor.Variance, factor.LongRunVariance) * Math.Max(1, days));
}
