using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation.American;
using GpuMargin.Revaluation.Surfaces;
using GpuMargin.Scenarios;

namespace GpuMargin.Revaluation;

/// <summary>Constants of instruments that repricing needs; the page of files has the formulas.</summary>
static class InstrumentPlanner
{
    /// <summary>All instruments, read at the horizon.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static InstrumentPlan Plan(
        RunSettings settings, IReadOnlyList<RiskFactor> factors, IReadOnlyList<Instrument> instruments, CancellationToken cancellation = default) =>
        Plan(settings, factors, ReadInstruments.AtHorizon(instruments, settings.HorizonDays), null, null, cancellation);

    /// <summary>All instruments, read at the horizon of a source; of American options one with a single scenario needs no more than what holds in it.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static InstrumentPlan Plan(
        RunSettings settings, IReadOnlyList<RiskFactor> factors, IReadOnlyList<Instrument> instruments, ScenarioSource source, CancellationToken cancellation = default) =>
        Plan(settings, factors, ReadInstruments.AtHorizon(instruments, settings.HorizonDays), null, source is GivenScenarios { Count: 1 } only ? only : null, cancellation);

    /// <param name="known">Surfaces of another plan of the same set.</param>
    /// <param name="only">The single scenario that there is.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static InstrumentPlan Plan(
        RunSettings settings, IReadOnlyList<RiskFactor> factors, ReadInstruments read, PremiumSurfaces? known = null, GivenScenarios? only = null,
        CancellationToken cancellation = default)
    {
        IReadOnlyList<Instrument> instruments = read.Instruments;
        int n = instruments.Count;
        int[] order = Order(read, factors.Count);
        Dictionary<string, int> factorOf = [];
        for (int i = 0; i < factors.Count; i++)
        {
            factorOf[factors[i].Name] = i;
        }

        ReadingDays days = new(settings, read);
        int[] placeOf = new int[n];
        InstrumentPlan plan = new()
        {
            Shocks = new ShockRows(factors.Count, days.Read),
            IsOption = new bool[n],
            PlaceOf = placeOf,
            Type = new InstrumentType[n],
            UnderlyingShock = new int[n],
            RateShock = new int[n],
            SecondRateShock = new int[n],
            RateWeight = new double[n],
            SecondRateWeight = new double[n],
            VolatilityShock = new int[n],
            Surfaces = new SurfaceTerms?[n],
            Inverse = new bool[n],
            OnFuture = new bool[n],
            Additive = new bool[n],
            Level = new double[n],
            Gearing = new double[n],
            Years = new double[n],
            Scale = new double[n],
            Carry = new double[n],
            Right = new double[n],
            LogMoneyness = new double[n],
            Asset = new double[n],
            Strike = new double[n],
            Discount = new double[n],
            Deviation = new double[n],
            InDouble = new bool[n],
            OppositeValue = new double[n],
            OptionValue = new double[n],
            FxShock = new int[n],
            FxReciprocal = new bool[n],
            FxRate = new double[n],
            HeldValue = new double[n],
            American = new AmericanOption?[n],
        };
        AmericanPlanner american = new(settings, factors, days.Read[^1]);
        int[] given = only?.Columns(plan.Shocks) ?? [];
        for (int place = 0; place < n; place++)
        {
            Instrument instrument = instruments[order[place]];
            int day = read.Day[order[place]], settled = days.Of(instrument, day);
            placeOf[order[place]] = place;
            plan.IsOption[place] = instrument.Type is OptionType;
            plan.Type[place] = instrument.Type;
            plan.UnderlyingShock[place] = plan.Shocks.At(settled, instrument.Underlying);
            plan.Inverse[place] = instrument.Type.IsInverse;
            plan.OnFuture[place] = instrument.Type.IsOnFuture;
            plan.Years[place] = instrument.Type.Has(InstrumentColumn.Expiry) ? Math.Max(instrument.YearsToExpiry - days.Aged(settled), 0) : 0;
            PlanRate(plan, place, instrument, settled);
            PlanCurrency(plan, place, settings, factors, factorOf, instrument.Currency, day);
            RiskFactor underlying = factors[instrument.Underlying];
            VolatilityDynamics dynamics = VolatilityDynamics.Of(instrument, underlying);
            plan.VolatilityShock[place] = plan.Shocks.At(settled, dynamics.Factor ?? -1);
            plan.Surfaces[place] = dynamics.Factor is null ? dynamics.Terms(plan.Shocks, settled, plan.UnderlyingShock[place]) : null;
            double spot = underlying.Level;
            plan.HeldValue[place] = instrument.Type.HeldValue(instrument, underlying);
            plan.Additive[place] = underlying.Kind == RiskFactorKind.Additive;
            plan.Gearing[place] = instrument.Dividends.Count == 0 ? 1 : spot / EscrowedSpot.Of(instrument, spot, plan.Years[place]);
            switch (instrument.Type)
            {
                case DeltaOneType type:
                    plan.Level[place] = spot;
                    (plan.Scale[place], plan.Carry[place]) = type.Change(instrument, underlying, plan.Years[place]);
                    break;
                case OptionType when plan.Additive[place]:
                    plan.Level[place] = spot;
                    PlanNormalOption(plan, place, instrument, NormalOptionTerms.Of(instrument, spot, plan.Years[place]));
                    break;
                case OptionType type:
                    double variance = underlying.Variance * Math.Max(1, settings.HorizonDays);
                    OptionTerms terms = type.Terms(instrument, spot, plan.Years[place]);
                    PlanOption(plan, place, instrument, terms, variance, settings.Precision == Precision.Mixed);
                    if (plan.InDouble[place])
                    {
                        OptionTerms today = type.Terms(instrument, spot, instrument.YearsToExpiry);
                        plan.OppositeValue[place] = type.ValueLess(-plan.Right[place], today, 0);
                        plan.Carry[place] = terms.Asset - today.Asset - (terms.Strike - today.Strike);
                    }

                    GivenMove? moved = only is null || plan.Surfaces[place] is not null ? null : Move(place);
                    american.Add(place, instrument, plan.Years[place], instrument.RateMove(plan.Years[place]), dynamics, moved);
                    break;
            }
        }

        american.Complete(plan, known ?? PremiumSurfaces.None, cancellation);
        return plan;

        GivenMove Move(int place) => new(
            Shock(plan.VolatilityShock[place]),
            plan.RateWeight[place] * Shock(plan.RateShock[place]) + plan.SecondRateWeight[place] * Shock(plan.SecondRateShock[place]));

        double Shock(int row) => row < 0 ? 0 : only![0][given[row]];
    }

    // Those read first before the others, each by kernel, underlying and place in the list: counted, stable.
    static int[] Order(ReadInstruments read, int factors)
    {
        IReadOnlyList<Instrument> instruments = read.Instruments;
        int[] start = new int[4 * factors + 1];
        for (int i = 0; i < instruments.Count; i++)
        {
            start[Key(i) + 1]++;
        }

        for (int key = 0; key < start.Length - 1; key++)
        {
            start[key + 1] += start[key];
        }

        int[] order = new int[instruments.Count];
        for (int i = 0; i < instruments.Count; i++)
        {
            order[start[Key(i)]++] = i;
        }

        return order;

        int Key(int i) => (i < read.First ? 0 : 2 * factors) + (instruments[i].Type is DeltaOneType ? 0 : factors) + instruments[i].Underlying;
    }

    static void PlanRate(InstrumentPlan plan, int place, Instrument instrument, int settled)
    {
        RateMove move = instrument.RateMove(plan.Years[place]);
        (plan.RateWeight[place], plan.SecondRateWeight[place]) = (move.Weight, move.SecondWeight);
        plan.RateShock[place] = plan.Shocks.At(settled, move.First);
        plan.SecondRateShock[place] = plan.Shocks.At(settled, move.Second);
    }

    static void PlanCurrency(
        InstrumentPlan plan, int place, RunSettings settings, IReadOnlyList<RiskFactor> factors,
        Dictionary<string, int> factorOf, string currency, int day)
    {
        if (currency == settings.Currency)
        {
            plan.FxShock[place] = -1;
            plan.FxRate[place] = 1;
            return;
        }

        FxRate rate = settings.Fx[currency];
        int factor = factorOf[rate.Factor];
        plan.FxShock[place] = plan.Shocks.At(day, factor);
        plan.FxReciprocal[place] = rate.Reciprocal;
        plan.FxRate[place] = rate.Reciprocal ? 1 / factors[factor].Level : factors[factor].Level;
    }

    static void PlanNormalOption(InstrumentPlan plan, int place, Instrument instrument, NormalOptionTerms terms)
    {
        plan.Right[place] = OptionType.Sign(instrument);
        plan.Asset[place] = terms.Asset;
        plan.Strike[place] = terms.Strike;
        plan.Scale[place] = terms.Units;
        plan.Discount[place] = terms.Discount;
        plan.Deviation[place] = terms.Deviation;
        plan.OptionValue[place] = plan.HeldValue[place];
    }

    static void PlanOption(InstrumentPlan plan, int place, Instrument instrument, OptionTerms terms, double variance, bool single)
    {
        bool inCoin = plan.Inverse[place] && (plan.FxShock[place] != plan.UnderlyingShock[place] || plan.FxReciprocal[place]);
        plan.InDouble[place] = !WorkingPrecision.Keeps(single, OptionType.Sign(instrument), terms, plan.HeldValue[place], variance, inCoin);
        plan.Right[place] = OptionType.Sign(instrument);
        plan.LogMoneyness[place] = terms.LogMoneyness;
        plan.Asset[place] = terms.Asset;
        plan.Strike[place] = terms.Strike;
        plan.Deviation[place] = Math.Max(terms.Deviation, OptionChange.LeastDeviation(single && !plan.InDouble[place]));
        plan.OptionValue[place] = plan.HeldValue[place];
    }
}
