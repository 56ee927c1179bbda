using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Kernels;
using GpuMargin.Scenarios;

namespace GpuMargin.Revaluation;

/// <summary>Constants of instruments that repricing needs; the page of files has the formulas.</summary>
static class InstrumentPlanner
{
    const double DaysPerYear = 365;

    public static InstrumentPlan Plan(RunSettings settings, IReadOnlyList<RiskFactor> factors, IReadOnlyList<Instrument> instruments)
    {
        int n = instruments.Count;
        int[] order = Order(instruments, factors.Count);
        Dictionary<string, int> factorOf = [];
        for (int i = 0; i < factors.Count; i++)
        {
            factorOf[factors[i].Name] = i;
        }

        int[] placeOf = new int[n];
        InstrumentPlan plan = new()
        {
            Shocks = new ShockRows(factors.Count, settings.HorizonDays),
            FirstOption = instruments.Count(i => i.Type is DeltaOneType),
            PlaceOf = placeOf,
            Type = new InstrumentType[n],
            UnderlyingShock = new int[n],
            RateShock = new int[n],
            VolatilityShock = new int[n],
            Inverse = new bool[n],
            Additive = new bool[n],
            Level = new double[n],
            Years = new double[n],
            Scale = new double[n],
            Carry = new double[n],
            Right = new double[n],
            LogMoneyness = new double[n],
            Asset = new double[n],
            Strike = new double[n],
            Deviation = new double[n],
            InDouble = new bool[n],
            OppositeValue = new double[n],
            OptionValue = new double[n],
            FxShock = new int[n],
            FxReciprocal = new bool[n],
            FxRate = new double[n],
            HeldValue = new double[n],
        };
        double aged = settings.Ageing == Ageing.Horizon ? settings.HorizonDays / DaysPerYear : 0;
        for (int place = 0; place < n; place++)
        {
            Instrument instrument = instruments[order[place]];
            placeOf[order[place]] = place;
            plan.Type[place] = instrument.Type;
            plan.UnderlyingShock[place] = plan.Shocks.AtHorizon(instrument.Underlying);
            plan.RateShock[place] = plan.Shocks.AtHorizon(instrument.RateFactor);
            plan.VolatilityShock[place] = plan.Shocks.AtHorizon(instrument.VolatilityFactor);
            plan.Inverse[place] = instrument.Type.IsInverse;
            plan.Years[place] = instrument.Type.Has(InstrumentColumn.Expiry) ? Math.Max(instrument.YearsToExpiry - aged, 0) : 0;
            PlanCurrency(plan, place, settings, factors, factorOf, instrument.Currency);
            double spot = factors[instrument.Underlying].Level;
            plan.HeldValue[place] = instrument.Type.HeldValue(instrument, spot);
            switch (instrument.Type)
            {
                case DeltaOneType type:
                    RiskFactor underlying = factors[instrument.Underlying];
                    plan.Additive[place] = underlying.Kind == RiskFactorKind.Additive;
                    plan.Level[place] = spot;
                    (plan.Scale[place], plan.Carry[place]) = type.Change(instrument, underlying, plan.Years[place]);
                    break;
                case OptionType type:
                    double variance = factors[instrument.Underlying].Variance * Math.Max(1, settings.HorizonDays);
                    OptionTerms terms = type.Terms(instrument, spot, plan.Years[place]);
                    PlanOption(plan, place, instrument, terms, variance, settings.Precision == Precision.Mixed);
                    if (plan.InDouble[place])
                    {
                        OptionTerms today = type.Terms(instrument, spot, instrument.YearsToExpiry);
                        plan.OppositeValue[place] = type.ValueLess(-plan.Right[place], today, 0);
                        plan.Carry[place] = terms.Asset - today.Asset - (terms.Strike - today.Strike);
                    }

                    break;
            }
        }

        return plan;
    }

    // By kernel, underlying and place in the file: counted, stable.
    static int[] Order(IReadOnlyList<Instrument> instruments, int factors)
    {
        int[] start = new int[2 * factors + 1];
        for (int i = 0; i < instruments.Count; i++)
        {
            start[Key(instruments[i]) + 1]++;
        }

        for (int key = 0; key < 2 * factors; key++)
        {
            start[key + 1] += start[key];
        }

        int[] order = new int[instruments.Count];
        for (int i = 0; i < instruments.Count; i++)
        {
            order[start[Key(instruments[i])]++] = i;
        }

        return order;

        int Key(Instrument instrument) => (instrument.Type is DeltaOneType ? 0 : factors) + instrument.Underlying;
    }

    static void PlanCurrency(
        InstrumentPlan plan, int place, RunSettings settings, IReadOnlyList<RiskFactor> factors,
        Dictionary<string, int> factorOf, string currency)
    {
        if (currency == settings.Currency)
        {
            plan.FxShock[place] = -1;
            plan.FxRate[place] = 1;
            return;
        }

        FxRate rate = settings.Fx[currency];
        int factor = factorOf[rate.Factor];
        plan.FxShock[place] = plan.Shocks.AtHorizon(factor);
        plan.FxReciprocal[place] = rate.Reciprocal;
        plan.FxRate[place] = rate.Reciprocal ? 1 / factors[factor].Level : factors[factor].Level;
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
