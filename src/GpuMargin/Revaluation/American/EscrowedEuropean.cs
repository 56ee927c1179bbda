using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>European option on the spot less its dividends, S* = S − PV(D), which is lognormal and pays nothing.</summary>
/// <param name="Sign">+1 call, −1 put.</param>
readonly record struct EscrowedEuropean(double Sign, double Strike, double Rate, double Volatility)
{
    /// <summary>Value and its first two derivatives by S*.</summary>
    /// <param name="price">S* above zero.</param>
    /// <param name="years">To expiry, 0 or more.</param>
    public (double Value, double Delta, double Gamma) At(double price, double years)
    {
        double root = Volatility * Math.Sqrt(years), discounted = Strike * HostMath.Exp(-Rate * years);
        if (root == 0)
        {
            return (Math.Max(0, Sign * (price - discounted)), Sign * (price - discounted) > 0 ? Sign : 0, 0);
        }

        double up = HostMath.Log(price / discounted) / root + 0.5 * root;
        double exercised = Cumulative(Sign * up);
        return (
            Sign * (price * exercised - discounted * Cumulative(Sign * (up - root))),
            Sign * exercised,
            NormalDistribution.Density(Float64.Of(up)).Value / (price * root));
    }

    static double Cumulative(double x) => NormalDistribution.Cumulative(Float64.Of(x)).Value;
}
