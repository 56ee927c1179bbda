using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>The options of a plan that may be exercised early: their surfaces and today's values.</summary>
sealed class AmericanPlanner(RunSettings settings, IReadOnlyList<RiskFactor> factors, int days)
{
    // Largest error of a value, a share of the strike.
    const double MixedTolerance = 1e-6, DoubleTolerance = 1e-9;

    readonly List<(int Place, Instrument Instrument, Group Now, Group Later)> options = [];
    readonly Dictionary<Group, (double Low, double High)> ranges = [];
    readonly List<Group> groups = [];

    /// <summary>Notes an option; European ones and those that are never exercised early are left out.</summary>
    /// <param name="years">To expiry on the day that it is read; 0: it has expired.</param>
    public void Add(int place, Instrument instrument, double years)
    {
        if (instrument.Exercise != ExerciseStyle.American
            || EarlyExerciseRule.Of(instrument.Right, instrument.Rate, instrument.DividendYield) != EarlyExercise.OneBoundary)
        {
            return;
        }

        // A call is the put with rate and yield exchanged.
        bool call = instrument.Right == OptionRight.Call;
        (double rate, double yield) = call ? (instrument.DividendYield, instrument.Rate) : (instrument.Rate, instrument.DividendYield);
        Group later = new(instrument.Underlying, instrument.VolatilityFactor, rate, yield, years);
        Group now = years == instrument.YearsToExpiry ? later : later with { Volatility = -1, Years = instrument.YearsToExpiry };
        options.Add((place, instrument, now, later));
        Widen(now, instrument.Volatility);
        if (years > 0)
        {
            Widen(later, instrument.Volatility);
        }
    }

    void Widen(Group group, double volatility)
    {
        if (!ranges.TryGetValue(group, out (double Low, double High) range))
        {
            groups.Add(group);
            range = (volatility, volatility);
        }

        ranges[group] = (Math.Min(range.Low, volatility), Math.Max(range.High, volatility));
    }

    /// <param name="known">Surfaces of another plan of the same set.</param>
    /// <exception cref="RefusedInputException">A premium that no surface gives within the tolerance.</exception>
    public void Complete(InstrumentPlan plan, PremiumSurfaces known)
    {
        if (options.Count == 0)
        {
            return;
        }

        double tolerance = settings.Precision == Precision.Mixed ? MixedTolerance : DoubleTolerance;
        Dictionary<Group, PremiumKey> keys = groups.ToDictionary(group => group, Key);
        PremiumSurfaces surfaces = PremiumSurfaces.Of([.. groups.Select(group => keys[group]).Distinct()], tolerance, known);
        plan.Premiums = surfaces;
        foreach ((int place, Instrument instrument, Group now, Group later) in options)
        {
            AmericanOption today = Option(instrument, keys[now], surfaces);
            plan.American[place] = later == now ? today : later.Years > 0 ? Option(instrument, keys[later], surfaces) : null;
            plan.HeldValue[place] = plan.OptionValue[place] = Value(instrument, today);
        }
    }

    PremiumKey Key(Group group)
    {
        (double low, double high) = ranges[group];
        double growth = HostMath.Exp(PremiumRange.HalfWidth(group.Volatility < 0 ? null : factors[group.Volatility], days));
        return new PremiumKey(group.Rate, group.Yield, group.Years, low / growth, high * growth);
    }

    AmericanOption Option(Instrument instrument, PremiumKey key, PremiumSurfaces surfaces)
    {
        double spot = factors[instrument.Underlying].Level;
        IReadOnlyList<PremiumSurface> found = surfaces.Find(key) ?? throw new RefusedInputException([new Fault(
            "instruments.csv", null, null, instrument.Name, FormattableString.Invariant(
                $"an option whose premium for early exercise can be fitted (volatility {instrument.Volatility}, moved from {key.Low:G4} to {key.High:G4}, {key.Years:G4} years, rate {instrument.Rate}, dividend_yield {instrument.DividendYield})"))]);
        double deviation = HostMath.Log(instrument.Volatility * Math.Sqrt(key.Years));
        return new AmericanOption(
            OptionType.Sign(instrument), HostMath.Log(spot / instrument.Strike), instrument.Multiplier * spot, instrument.Multiplier * instrument.Strike, deviation, key, found);
    }

    double Value(Instrument instrument, AmericanOption option)
    {
        OptionTerms terms = ((OptionType)instrument.Type).Terms(instrument, factors[instrument.Underlying].Level, option.Key.Years);
        OptionLegs<Float64> legs = OptionLegs<Float64>.Of(option.Right, terms.LogMoneyness, terms.Asset, terms.Strike, terms.Deviation);
        Float64 zero = Float64.Of(0);
        PremiumNumbers numbers = new(option.Surfaces);
        HostPremiums premiums = new(numbers.Values, [.. option.Pieces<Float64>(numbers)]);
        return option.Terms<Float64>(0).ValueLess(premiums, legs, zero, Float64.Of(1), zero, zero, zero).Value;
    }

    /// <summary>Options that share surfaces; rate and yield of the put.</summary>
    readonly record struct Group(int Underlying, int Volatility, double Rate, double Yield, double Years);
}
