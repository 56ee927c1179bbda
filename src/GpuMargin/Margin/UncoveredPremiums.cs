using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;

namespace GpuMargin.Margin;

/// <summary>Volatilities and rates beyond the ranges of the surfaces that give premiums of early exercise.</summary>
sealed class UncoveredPremiums : ShockLimit
{
    readonly Dictionary<int, (double Low, double High)> volatilities = []; // by factor, the range that all surfaces cover
    readonly HashSet<RateLimit> rates = [];
    readonly SurfacePremiumLimits surfaces;

    public UncoveredPremiums(ValuationRun run)
    {
        InstrumentPlan plan = run.Instruments;
        surfaces = new SurfacePremiumLimits(plan);
        if (plan.Premiums.All.Count + plan.Premiums.ExDates.All.Count == 0)
        {
            return;
        }

        foreach (int place in run.Positions.Instrument)
        {
            if (plan.American[place] is { } option)
            {
                AddVolatility(plan, place, option);
                surfaces.Add(place, option);
                AddRate(plan, place, option);
            }
        }
    }

    public override bool Exists => volatilities.Count + rates.Count > 0 || surfaces.Exist;

    public override string Warning(int scenarios, IReadOnlyList<string> factors) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scenarios} of {scenarios} scenarios move {Names(factors)} beyond the range for which premiums of early exercise were fitted: the value there has the premium of the range's end, and is not below exercise or the European value.");

    protected override bool Find(ReadOnlySpan<double> shocks, ISet<int> beyond)
    {
        bool found = surfaces.Find(shocks, beyond);
        foreach ((int factor, (double low, double high)) in volatilities)
        {
            if (shocks[factor] < low || shocks[factor] > high)
            {
                found = true;
                beyond.Add(factor);
            }
        }

        foreach (RateLimit rate in rates)
        {
            double move = rate.Weight * shocks[rate.First] + (rate.Second < 0 ? 0 : rate.SecondWeight * shocks[rate.Second]);
            if (move > rate.High || (move < rate.Low && move > rate.Never))
            {
                found = true;
                beyond.Add(rate.First);
            }
        }

        return found;
    }

    void AddVolatility(InstrumentPlan plan, int place, AmericanOption option)
    {
        if (AtHorizon(plan, plan.VolatilityShock[place]) is { } factor)
        {
            (double low, double high) = volatilities.GetValueOrDefault(factor, (double.NegativeInfinity, double.PositiveInfinity));
            volatilities[factor] = (Math.Max(low, option.LowestShock), Math.Min(high, option.HighestShock));
        }
    }

    void AddRate(InstrumentPlan plan, int place, AmericanOption option)
    {
        PremiumKey key = option.Key;
        if (key.Span.Moves && AtHorizon(plan, plan.RateShock[place]) is { } factor)
        {
            rates.Add(new RateLimit(
                factor, plan.RateWeight[place], AtHorizon(plan, plan.SecondRateShock[place]) ?? -1, plan.SecondRateWeight[place],
                option.LowestRateMove, option.HighestRateMove, key.Vanishes ? -key.Rate : double.NegativeInfinity));
        }
    }

    // Scenarios are seen at the horizon only.
    static int? AtHorizon(InstrumentPlan plan, int row) => row < plan.Shocks.FirstAtHorizon ? null : row - plan.Shocks.FirstAtHorizon;

    /// <param name="Low">Lowest move of the rate that is covered.</param>
    /// <param name="High">Highest.</param>
    /// <param name="Never">Move down to which the option may be exercised early; at and below it is the European one.</param>
    readonly record struct RateLimit(int First, double Weight, int Second, double SecondWeight, double Low, double High, double Never);
}
