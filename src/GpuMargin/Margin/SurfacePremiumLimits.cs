using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using GpuMargin.Revaluation.Surfaces;

namespace GpuMargin.Margin;

/// <summary>Ranges of volatilities for which premiums of early exercise were fitted, of options whose volatility a surface moves.</summary>
sealed class SurfacePremiumLimits(InstrumentPlan plan)
{
    readonly List<(int Place, SurfaceTerms Terms, double Low, double High)> options = [];
    readonly HashSet<int> known = [];

    public bool Exist => options.Count > 0;

    /// <summary>Notes an option that is read at the horizon.</summary>
    public void Add(int place, AmericanOption option)
    {
        if (plan.Surfaces[place] is { } terms && terms.Shocks[0] >= plan.Shocks.FirstAtHorizon && known.Add(place))
        {
            options.Add((place, terms, option.LowestShock, option.HighestShock));
        }
    }

    /// <param name="shocks">Of a scenario, per factor.</param>
    /// <param name="beyond">Takes the first factor of each option's surface.</param>
    public bool Find(ReadOnlySpan<double> shocks, ISet<int> beyond)
    {
        bool found = false;
        foreach ((int place, SurfaceTerms terms, double low, double high) in options)
        {
            double shock = MovedInstruments.VolatilityShock(plan, place, shocks);
            if (shock < low || shock > high)
            {
                found = true;
                beyond.Add(plan.Shocks[terms.Shocks[0]].Factor);
            }
        }

        return found;
    }
}
