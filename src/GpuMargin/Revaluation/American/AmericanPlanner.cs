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
    readonly List<(int Place, Instrument Instrument, Group? Now, Group? Later)> options = [];
    readonly List<(int Place, Instrument Instrument, ExDateTerms Now, ExDateTerms? Later)> dividends = [];
    readonly Dictionary<Group, Volatilities> ranges = [];
    readonly List<Group> groups = [];

    static readonly (double Growth, double Least) s_still = (1, 1);

    /// <summary>Notes an option; European ones and those that are never exercised early are left out.</summary>
    /// <param name="years">To expiry on the day that it is read; 0: it has expired.</param>
    /// <param name="rate">How the rate moves until then.</param>
    /// <param name="dynamics">What moves the volatility.</param>
    /// <param name="only">The only scenario: surfaces are for its volatilities and rate alone.</param>
    /// <exception cref="RefusedInputException">It has cash dividends and is moved by a rate, or two critical prices exist.</exception>
    public void Add(int place, Instrument instrument, double years, RateMove rate, VolatilityDynamics dynamics, GivenMove? only = null)
    {
        if (instrument.Exercise != ExerciseStyle.American)
        {
            return;
        }

        if (instrument.Dividends.Any(dividend => dividend.Years <= instrument.YearsToExpiry))
        {
            AddWithDividends(place, instrument, years, dynamics);
            return;
        }

        Group? later = only is { } given ? Moved(instrument, years, given) : Put(instrument, years, rate, VolatilityMover.Of(instrument));
        bool staysToday = only is null && years == instrument.YearsToExpiry;
        Group? now = staysToday ? later : Put(instrument, instrument.YearsToExpiry, RateMove.Of(-1), default);
        if (later is null && (now is null || only is null))
        {
            return;
        }

        options.Add((place, instrument, now, years > 0 ? later : null));
        if (now is { } ofToday)
        {
            Widen(ofToday, instrument, ofToday.Volatility == default ? s_still : Range(instrument, dynamics));
        }

        if (years > 0 && later is { } ofScenario)
        {
            Widen(ofScenario, instrument, ofScenario.Volatility == default ? s_still : Range(instrument, dynamics));
        }
    }

    // Where the rate moves to two critical prices, or away from early exercise: the European option.
    Group? Moved(Instrument instrument, double years, GivenMove move) =>
        EarlyExerciseRule.Of(instrument.Right, instrument.RateTo(years) + move.Rate, Yield(instrument, years, move.Rate)) != EarlyExercise.OneBoundary
            ? null
            : Put(instrument, years, RateMove.Of(-1), default, move.Rate) is { } put ? put with { Shock = move.Volatility } : null;

    void AddWithDividends(int place, Instrument instrument, double years, VolatilityDynamics dynamics)
    {
        if (EarlyExerciseRule.BreachWithDividends(instrument) is { } expected)
        {
            throw Refused(instrument, expected);
        }

        double rate = instrument.RateTo(instrument.YearsToExpiry);
        bool isCall = instrument.Right == OptionRight.Call;
        if (rate <= 0 && !isCall)
        {
            return;
        }

        (double, double) range = Range(instrument, dynamics);
        ExDateTerms now = Terms(instrument, instrument.YearsToExpiry, range);
        if (isCall && now.ExDates(ExDateTerms.Least).Count == 0)
        {
            return;
        }

        if (years == instrument.YearsToExpiry)
        {
            dividends.Add((place, instrument, now, now));
        }
        else
        {
            ExDateTerms today = Terms(instrument, instrument.YearsToExpiry, s_still);
            dividends.Add((place, instrument, today, years > 0 ? Terms(instrument, years, range) : null));
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
    Group? Put(Instrument instrument, double years, RateMove move, VolatilityMover volatility, double moved = 0)
    {
        double rate = instrument.RateTo(years) + moved, yield = Yield(instrument, years, moved);
        if (EarlyExerciseRule.Breach(instrument.Right, rate, yield) is { } expected)
        {
            throw Refused(instrument, $"an option with {expected}");
        }

        RateMotion motion = instrument.Type.IsOnFuture ? RateMotion.Both : instrument.Right == OptionRight.Put ? RateMotion.Rate : RateMotion.Yield;
        (double rateOfPut, double yieldOfPut) = instrument.Right == OptionRight.Put ? (rate, yield) : (yield, rate);
        RateSpan span = PremiumRange.SpanOf(motion, rateOfPut, yieldOfPut, PremiumRange.OfRate(move, factors, days));
        return EarlyExerciseRule.Of(instrument.Right, rate, yield) == EarlyExercise.Never && !span.Moves
            ? null
            : new Group(instrument.Underlying, volatility, rateOfPut, yieldOfPut, years, span);
    }

    // The yield of a future is the rate.
    static double Yield(Instrument instrument, double years, double moved) =>
        ((OptionType)instrument.Type).Yield(instrument, years) + (instrument.Type.IsOnFuture ? moved : 0);

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
        if (options.Count + dividends.Count == 0)
        {
            return;
        }

        Dictionary<Group, PremiumTerms> terms = groups.ToDictionary(group => group, Terms);
        PremiumSurfaces surfaces;
        try
        {
            surfaces = PremiumSurfaces.Of([.. terms.Values.Distinct()], settings.Precision, known, cancellation)
                .With(
                    ExDateSurfaces.Of(OfDividends(OptionRight.Call), settings.Precision, known.ExDates, cancellation),
                    DividendPutFit.All(OfDividends(OptionRight.Put), settings.Precision, known.DividendPuts, cancellation));
        }
        catch (ArgumentException fault)
        {
            throw new RefusedInputException([new Fault("instruments.csv", null, "exercise", "american", $"options whose premium for early exercise can be fitted. {fault.Message}")]);
        }

        plan.Premiums = surfaces;
        foreach ((int place, Instrument instrument, Group? now, Group? later) in options)
        {
            plan.American[place] = later is { } ofScenario ? Option(instrument, terms[ofScenario], surfaces) : null;
            if (now is { } group)
            {
                plan.HeldValue[place] = plan.OptionValue[place] = Value(instrument, Option(instrument, terms[group], surfaces), surfaces);
            }
        }

        foreach ((int place, Instrument instrument, ExDateTerms now, ExDateTerms? later) in dividends)
        {
            plan.American[place] = later is null ? null : Option(instrument, later, surfaces);
            plan.InDouble[place] |= plan.American[place] is { } option && (option.Surfaces.Any(surface => surface.InDouble) || option.ExDates.Any(surface => surface.InDouble));
            plan.HeldValue[place] = plan.OptionValue[place] = Value(instrument, Option(instrument, now, surfaces), surfaces);
        }
    }

    ExDateTerms[] OfDividends(OptionRight right) =>
    [
        .. dividends.Where(option => option.Instrument.Right == right).SelectMany(option => (ExDateTerms?[])[option.Now, option.Later])
            .OfType<ExDateTerms>().Distinct(),
    ];

    PremiumTerms Terms(Group group)
    {
        (double low, double high, double growth, double least) = ranges[group];
        double moved = HostMath.Exp(group.Shock);
        (low, high) = (low * moved, high * moved);
        PremiumKey key = new(group.Rate, group.Yield, group.Years, group.Span);
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
        bool isCall = instrument.Right == OptionRight.Call;
        return new AmericanOption(
            OptionType.Sign(instrument), HostMath.Log(escrowed / instrument.Strike), size * escrowed, size * instrument.Strike,
            HostMath.Log(instrument.Volatility * Math.Sqrt(terms.Years)), new PremiumKey(terms.Rate, 0, terms.Years, default), isCall ? [] : surfaces.DividendPuts.Find(terms))
        {
            Dividends = terms,
            ExDates = isCall ? surfaces.ExDates.Find(terms) : [],
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
    /// <param name="Shock">Log-change of the volatility in the only scenario.</param>
    readonly record struct Group(int Underlying, VolatilityMover Volatility, double Rate, double Yield, double Years, RateSpan Span, double Shock = 0);

    /// <summary>Today's volatilities of a group, and how far they are moved.</summary>
    readonly record struct Volatilities(double Low, double High, double Growth, double Least);

    /// <summary>What moves a volatility; the default nothing.</summary>
    readonly record struct VolatilityMover(int FactorNumber, string? Surface)
    {
        public static VolatilityMover Of(Instrument instrument) => new(instrument.VolatilityFactor + 1, instrument.Surface?.Name);
    }
}
