using GpuMargin.Volatility;

namespace GpuMargin.ClearingSets;

/// <summary>One surface per price: a smile without arbitrage, whose level its volatility factor moves less the longer the time to expiry is.</summary>
static class SyntheticSurfaces
{
    static readonly double[] s_days = [7, 30, 90, 365, 730];

    // SSVI with φ = η/√θ (Gatheral and Jacquier 2014), which has no arbitrage for η²(1 + |ρ|) ≤ 4.
    const double Skew = -0.5, Bend = 1.2;

    const double ReferenceDays = 30, TermPower = 0.5, Stickiness = 0.5, DaysPerYear = 365;

    /// <param name="factor">Of the volatility; −1: none.</param>
    /// <param name="volatility">At the money.</param>
    public static VolatilitySurface Of(RiskFactor price, int factor, double volatility) => new(
        price.Name, Stickiness, SurfaceCoordinate.Delta, [.. s_days.Select(days => Smile(days / DaysPerYear, volatility))],
        factor < 0 ? [] : [new SurfacePivot(factor, ReferenceDays, double.NaN)], TermPower);

    static Smile Smile(double years, double volatility)
    {
        double variance = volatility * volatility * years, curve = Bend / Math.Sqrt(variance), rest = Math.Sqrt(1 - Skew * Skew);
        return new Smile(years, new SviSlice(0.5 * variance * rest * rest, 0.5 * variance * curve, Skew, -Skew / curve, rest / curve));
    }
}
