using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Revaluation.Surfaces;

namespace GpuMargin.Revaluation.American;

/// <summary>The options of a plan that may be exercised early: their surfaces and today's values.</summary>
sealed class AmericanPlanner(RunSettings settings, IReadOnlyList<RiskFactor> factors, int days)
{
    readonly List<(int Place, Instrument Instrument, Group Now, Group Later)> options = [];
    readonly List<(int Place, Instrument Instrument, ExDateTerms Now, ExDateTerms? Later)> calls = [];
    readonly Dictionary<Group, Volatilities> ranges = [];
    readonly List<Group> groups = [];

    static readonly (double Growth, double Least) s_still = (1, 1);

    /// <summary>Notes an option; European ones and those that are never exercised early are left out.</summary>
    /// <param name="years">To expiry on the day that it is read; 0: it has expired.</param>
    /// <param name="rate">How the rate moves until then.</param>
    /// <param name="dynamics">What moves the volatility.</param>
    /// <exception cref="RefusedInputException">It has cash dividends and is a put or moved by a rate, or two critical prices exist.</exception>
    public void Add(int place, Instrument instrument, double years, RateMove rate, VolatilityDynamics dynamics)
    {
        if (instrument.Exercise != ExerciseStyle.American)
        {
            return;
        }

        if (instrument.Dividends.Any(dividend => dividend.Years <= instrument.YearsToExpiry))
        {
            AddWithDividends(place, instrument, years, rate, dynamics);
            return;
        }

        if (Put(instrument, years, rate, VolatilityMover.Of(instrument)) is not { } later)
        {
            return;
        }

        Group now = years == instrument.YearsToExpiry ? later : Put(instrument, instrument.YearsToExpiry, RateMove.Of(-1), default) is { } today
            ? today
            : later;
        options.Add((place, instrument, now, later));
        Widen(now, instrument, now.Volatility == default ? s_still : Range(instrument, dynamics));
        if (years > 0)
        {
            Widen(later, instrument, Range(instrument, dynamics));
        }
    }

    void AddWithDividends(int place, Instrument instrument, double years, RateMove move, VolatilityDynamics dynamics)
    {
        const string Because = "because dividends.csv has ex-dates before its expiry";
        double rate = instrument.RateTo(instrument.YearsToExpiry);
        if (instrument.Right == OptionRight.Put)
        {
            if (rate > 0 || move.First >= 0)
            {
                throw Refused(instrument, $"a call, or a put with 'european' exercise, {Because}");
            }

            return;
        }

        if (move.First >= 0)
        {
            throw Refused(instrument, $"a call whose rate no factor moves, or one with 'european' exercise, {Because}");
        }

        if (rate < 0)
        {
            throw Refused(instrument, $"a call with a rate not below 0, or one with 'european' exercise, {Because}");
        }

        (double, double) range = Range(instrument, dynamics);
        ExDateTerms now = Terms(instrument, instrument.YearsToExpiry, range);
        if (now.Dividends.Sum(dividend => dividend.Amount) >= 1)
        {
            throw Refused(instrument, $"a call with a strike above the dividends until its expiry, or one with 'european' exercise, {Because}");
        }

        if (now.ExDates(ExDateTerms.Least).Count == 0)
        {
            return;
        }

        if (years == instrument.YearsToExpiry)
        {
            calls.Add((place, instrument, now, now));
        }
        else
        {
            ExDateTerms today = Terms(instrument, instrument.YearsToExpiry, s_still);
            calls.Add((place, instrument, today, years > 0 ? Terms(instrument, years, range) : null));
        }
    }

    static ExDateTerms Terms(Instrument instrument, double years, (double Growth, double Least) range)
    {
        (double growth, double least) = range;
        double aged = instrument.YearsToExpiry - years, strike = instrument.Strike, volatility = instrument.Volatility;
        return new ExDateTerms(
            instrument.RateTo(years), years,
            [.. instrument.Dividends.Where(dividend => dividend.Years > aged && dividend.Years <= instrument.YearsToExpiry)
                .Select(dividend => new CashDividend(dividend.Years - aged, dividend.Amount / strike))],
            volatility / growth, volatility * growth, volatility / least, volatility * least);
    }

    (double Growth, double Least) Range(Instrument instrument, VolatilityDynamics dynamics) => dynamics.Factor == -1
        ? s_still
        : (HostMath.Exp(PremiumRange.OfVolatility(dynamics, factors, instrument, days)), PremiumRange.LeastGrowth);

    // A call is the put with rate and yield exchanged.
    Group? Put(Instrument instrument, double years, RateMove move, VolatilityMover volatility)
    {
        double rate = instrument.RateTo(years), yield = ((OptionType)instrument.Type).Yield(instrument, years);
        if (EarlyExerciseRule.Breach(instrument.Right, rate, yield) is { } expected)
        {
            throw Refused(instrument, $"an option with {expected}");
        }

        if (EarlyExerciseRule.Of(instrument.Right, rate, yield) == EarlyExercise.Never)
        {
            return null;
        }

        double range = PremiumRange.OfRate(move, factors, days);
        if (instrument.Type.IsOnFuture)
        {
            double both = Math.Min(range, PremiumRange.MostOfRate(rate));
            return new Group(instrument.Underlying, volatility, rate, yield, years, both, both);
        }

        return instrument.Right == OptionRight.Put
            ? new Group(instrument.Underlying, volatility, rate, yield, years, Math.Min(range, PremiumRange.MostOfRate(rate)), 0)
            : new Group(instrument.Underlying, volatility, yield, rate, years, 0, range);
    }

    void Widen(Group group, Instrument instrument, (double Growth, double Least) range)
    {
        double volatility = instrument.Volatility;
        if (!ranges.TryGetValue(group, out Volatilities known))
        {
            groups.Add(group);
            known = new Volatilities(volatility, volatility, 1, 1);
        }

        ranges[group] = new Volatilities(
            Math.Min(known.Low, volatility), Math.Max(known.High, volatility), Math.Max(known.Growth, range.Growth), Math.Max(known.Least, range.Least));
    }

    /// <param name="known">Surfaces of another plan of the same set.</param>
    /// <exception cref="RefusedInputException">A premium that no surface gives within the tolerance.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public void Complete(InstrumentPlan plan, PremiumSurfaces known, CancellationToken cancellation)
    {
        if (options.Count + calls.Count == 0)
        {
            return;
        }

        Dictionary<Group, PremiumTerms> terms = groups.ToDictionary(group => group, Terms);
        PremiumSurfaces surfaces;
        try
        {
            ExDateTerms[] ofCalls = [.. calls.SelectMany(call => (ExDateTerms?[])[call.Now, call.Later]).OfType<ExDateTerms>().Distinct()];
            surfaces = PremiumSurfaces.Of([.. terms.Values.Distinct()], settings.Precision, known, cancellation)
                .With(ExDateSurfaces.Of(ofCalls, settings.Precision, known.ExDates, cancellation));
        }
        catch (ArgumentException fault)
        {
            throw new RefusedInputException([new Fault("instruments.csv", null, "exercise", "american", $"options whose premium for early exercise can be fitted. {fault.Message}")]);
        }

        plan.Premiums = surfaces;
        foreach ((int place, Instrument instrument, Group now, Group later) in options)
        {
            AmericanOption today = Option(instrument, terms[now], surfaces);
            plan.American[place] = later == now ? today : later.Years > 0 ? Option(instrument, terms[later], surfaces) : null;
            plan.HeldValue[place] = plan.OptionValue[place] = Value(instrument, today, surfaces);
        }

        foreach ((int place, Instrument instrument, ExDateTerms now, ExDateTerms? later) in calls)
        {
            plan.American[place] = later is null ? null : Option(instrument, later, surfaces);
            plan.HeldValue[place] = plan.OptionValue[place] = Value(instrument, Option(instrument, now, surfaces), surfaces);
        }
    }

    PremiumTerms Terms(Group group)
    {
        (double low, double high, double growth, double least) = ranges[group];
        PremiumKey key = new(group.Rate, group.Yield, group.Years, group.RateHalfRange, group.YieldHalfRange);
        return new PremiumTerms(key, low / growth, high * growth, low / least, high * least);
    }

    AmericanOption Option(Instrument instrument, PremiumTerms terms, PremiumSurfaces surfaces)
    {
        double spot = factors[instrument.Underlying].Level;
        return new AmericanOption(
            OptionType.Sign(instrument), HostMath.Log(spot / instrument.Strike), instrument.Multiplier * spot, instrument.Multiplier * instrument.Strike,
            HostMath.Log(instrument.Volatility * Math.Sqrt(terms.Put.Years)), terms.Put, surfaces.Find(terms));
    }

    AmericanOption Option(Instrument instrument, ExDateTerms terms, PremiumSurfaces surfaces)
    {
        double spot = factors[instrument.Underlying].Level, escrowed = EscrowedSpot.Of(instrument, spot, terms.Years), size = instrument.Multiplier;
        return new AmericanOption(
            1, HostMath.Log(escrowed / instrument.Strike), size * escrowed, size * instrument.Strike,
            HostMath.Log(instrument.Volatility * Math.Sqrt(terms.Years)), new PremiumKey(terms.Rate, 0, terms.Years, 0, 0), [])
        {
            Dividends = terms,
            ExDates = surfaces.ExDates.Find(terms),
            Cash = size * (spot - escrowed),
        };
    }

    double Value(Instrument instrument, AmericanOption option, PremiumSurfaces surfaces)
    {
        OptionTerms terms = ((OptionType)instrument.Type).Terms(instrument, factors[instrument.Underlying].Level, option.Key.Years);
        OptionLegs<Float64> legs = OptionLegs<Float64>.Of(option.Right, terms.LogMoneyness, terms.Asset, terms.Strike, terms.Deviation);
        Float64 zero = Float64.Of(0);
        HostPremiums premiums = option.Premiums(surfaces);
        return option.Terms<Float64>(0).ValueLess(premiums, legs, zero, Float64.Of(1), zero, zero, zero).Value;
    }

    static RefusedInputException Refused(Instrument instrument, string expected) =>
        new([new Fault("instruments.csv", null, "exercise", $"american of {instrument.Name}", expected)]);

    /// <summary>Options that share surfaces; rate and yield of the put.</summary>
    readonly record struct Group(int Underlying, VolatilityMover Volatility, double Rate, double Yield, double Years, double RateHalfRange, double YieldHalfRange);

    /// <summary>Today's volatilities of a group, and how far they are moved.</summary>
    readonly record struct Volatilities(double Low, double High, double Growth, double Least);

    /// <summary>What moves a volatility; the default nothing.</summary>
    readonly record struct VolatilityMover(int FactorNumber, string? Surface)
    {
        public static VolatilityMover Of(Instrument instrument) => new(instrument.VolatilityFactor + 1, instrument.Surface?.Name);
    }
}
