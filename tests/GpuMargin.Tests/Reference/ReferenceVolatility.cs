using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Reference;

/// <summary>The GARCH and GJR recursion over the horizon, and what it says in closed form.</summary>
public static class ReferenceVolatility
{
    /// <summary>Σ r_d for the innovations z_1, …, z_h.</summary>
    public static double Shock(RiskFactor factor, ReadOnlySpan<double> innovations)
    {
        double variance = factor.Variance;
        double shock = 0;
        foreach (double z in innovations)
        {
            double e = Math.Sqrt(variance) * z;
            shock += factor.Mean + e;
            variance = NextVariance(factor, variance, e);
        }
        return shock;
    }

    /// <summary>E[Σ r_d].</summary>
    public static double ExpectedShock(RiskFactor factor, int days) => factor.Mean * days;

    /// <summary>Var[Σ r_d] = Σ E[h_d] with E[h_{d+1}] = ω + (α + γ·s + β)·E[h_d]: innovations of different days are uncorrelated. The mean does not enter.</summary>
    /// <param name="negativeShare">s = E[z²; z &lt; 0]: 1/2 for symmetric innovations.</param>
    /// <param name="innovationVariance">E[z²], 1 but for interpolated empirical marginals.</param>
    public static double ShockVariance(RiskFactor factor, int days, double negativeShare = 0.5, double innovationVariance = 1)
    {
        double variance = factor.Variance;
        double sum = 0;
        for (int day = 0; day < days; day++)
        {
            sum += variance * innovationVariance;
            if (factor.Process != VolatilityProcess.Constant)
            {
                double arch = (factor.Alpha * innovationVariance) + (Leverage(factor) * negativeShare);
                variance = factor.Omega + ((arch + factor.Beta) * variance);
            }
        }
        return sum;
    }

    /// <summary>E[(Σ r_d)²].</summary>
    public static double ShockSecondMoment(RiskFactor factor, int days)
    {
        double mean = ExpectedShock(factor, days);
        return ShockVariance(factor, days) + (mean * mean);
    }

    static double NextVariance(RiskFactor factor, double variance, double e) =>
        factor.Process == VolatilityProcess.Constant
            ? factor.Variance
            : factor.Omega + ((factor.Alpha + (e < 0 ? Leverage(factor) : 0)) * e * e) + (factor.Beta * variance);

    static double Leverage(RiskFactor factor) => factor.Process == VolatilityProcess.Gjr ? factor.Gamma : 0;
}
