using GpuMargin.Numerics;

namespace GpuMargin.Quotes;

/// <summary>Levels of the pivots' factors day by day, whose log-returns are the shocks that a run with the same stickiness draws.</summary>
/// <remarks>
/// A run moves an option's volatility to σ(k − βf)·e^x where f is the log-return of the forward and k today's log-moneyness. With k_t the pivot's place on day t
/// the observed shock is x = ln σ_t(k_t) − ln σ_(t−1)(β·k_(t−1) + (1 − β)·(k_t + f)): with β = 1 the change at the pivot, with β = 0 that of a strike.
/// On the last day the level is the pivot's volatility.
/// </remarks>
static class PivotHistory
{
    /// <param name="days">In order of time, of one underlying.</param>
    /// <returns>[day][pivot].</returns>
    public static double[][] Of(IReadOnlyList<FittedSurface> days, SurfaceDynamics dynamics)
    {
        double[][] places = [.. days.Select(day => dynamics.Pivots.Select(pivot => PivotReading.LogMoneyness(day, pivot, dynamics.Coordinate)).ToArray())];
        double[][] levels = [.. days.Select(_ => new double[dynamics.Pivots.Count])];
        for (int pivot = 0; pivot < dynamics.Pivots.Count; pivot++)
        {
            double years = dynamics.Pivots[pivot].Days / SurfaceDynamics.DaysPerYear, stickiness = dynamics.Stickiness;
            levels[^1][pivot] = days[^1].Volatility(places[^1][pivot], years);
            for (int day = days.Count - 1; day > 0; day--)
            {
                double forward = HostMath.Log(days[day].Price / days[day - 1].Price);
                double before = days[day - 1].Volatility(stickiness * places[day - 1][pivot] + (1 - stickiness) * (places[day][pivot] + forward), years);
                levels[day - 1][pivot] = levels[day][pivot] * before / days[day].Volatility(places[day][pivot], years);
            }
        }

        return levels;
    }
}
