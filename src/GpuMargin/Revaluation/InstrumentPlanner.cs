using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation;

/// <summary>From instruments to the constants that repricing needs; formats.md, instruments.csv, has the formulas.</summary>
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
            FirstOption = instruments.Count(i => !IsOption(i)),
            PlaceOf = placeOf,
            Underlying = new int[n],
            RateFactor = new int[n],
            VolatilityFactor = new int[n],
            Inverse = new bool[n],
            Years = new double[n],
            Scale = new double[n],
            Carry = new double[n],
            Right = new double[n],
            LogMoneyness = new double[n],
            Asset = new double[n],
            Strike = new double[n],
            Deviation = new double[n],
            OptionValue = new double[n],
            FxFactor = new int[n],
            FxReciprocal = new bool[n],
            FxRate = new double[n],
            HeldValue = new double[n],
        };
        double aged = settings.Ageing == Ageing.Horizon ? settings.HorizonDays / DaysPerYear : 0;
        for (int place = 0; place < n; place++)
        {
            Instrument instrument = instruments[order[place]];
            placeOf[order[place]] = place;
            plan.Underlying[place] = instrument.Underlying;
            plan.RateFactor[place] = instrument.RateFactor;
            plan.VolatilityFactor[place] = instrument.VolatilityFactor;
            plan.Inverse[place] = instrument.Type is InstrumentType.InverseFuture or InstrumentType.InversePerpetual or InstrumentType.InverseOption;
            plan.Years[place] = Math.Max(instrument.YearsToExpiry - aged, 0);
            PlanCurrency(plan, place, settings, factors, factorOf, instrument.Currency);
            double spot = factors[instrument.Underlying].Level;
            if (IsOption(instrument))
            {
                PlanOption(plan, place, instrument, spot, settings.Precision == Precision.Mixed);
            }
            else
            {
                PlanDeltaOne(plan, place, instrument, spot);
            }
        }

        return plan;
    }

    // By kind, underlying and place in the file: counted, stable.
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

        int Key(Instrument instrument) => (IsOption(instrument) ? factors : 0) + instrument.Underlying;
    }

    static bool IsOption(Instrument instrument) => instrument.Type is InstrumentType.Option or InstrumentType.InverseOption;

    static void PlanCurrency(
        InstrumentPlan plan, int place, RunSettings settings, IReadOnlyList<RiskFactor> factors,
        Dictionary<string, int> factorOf, string currency)
    {
        if (currency == settings.Currency)
        {
            plan.FxFactor[place] = -1;
            plan.FxRate[place] = 1;
            return;
        }

        FxRate rate = settings.Fx[currency];
        int factor = factorOf[rate.Factor];
        plan.FxFactor[place] = factor;
        plan.FxReciprocal[place] = rate.Reciprocal;
        plan.FxRate[place] = rate.Reciprocal ? 1 / factors[factor].Level : factors[factor].Level;
    }

    static void PlanDeltaOne(InstrumentPlan plan, int place, Instrument instrument, double spot)
    {
        double carryRate = instrument.Rate - instrument.DividendYield;
        double m = instrument.Multiplier;
        bool dated = instrument.Type is InstrumentType.Future or InstrumentType.InverseFuture;
        double today = dated ? spot * HostMath.Exp(carryRate * instrument.YearsToExpiry) : spot;
        double later = dated ? spot * HostMath.Exp(carryRate * plan.Years[place]) : spot;
        plan.Years[place] = dated ? plan.Years[place] : 0;
        if (plan.Inverse[place])
        {
            plan.Scale[place] = -m / later;
            plan.Carry[place] = m * ((later - today) / (later * today));
        }
        else
        {
            plan.Scale[place] = m * later;
            plan.Carry[place] = m * (later - today);
        }

        plan.HeldValue[place] = instrument.Type == InstrumentType.Spot ? m * spot : 0;
    }

    static void PlanOption(InstrumentPlan plan, int place, Instrument instrument, double spot, bool single)
    {
        double right = instrument.Right == OptionRight.Call ? 1 : -1;
        Legs today = new(instrument, spot, instrument.YearsToExpiry);
        Legs later = new(instrument, spot, plan.Years[place]);
        plan.Right[place] = right;
        plan.LogMoneyness[place] = later.LogMoneyness;
        plan.Asset[place] = later.Asset;
        plan.Strike[place] = later.Strike;
        plan.Deviation[place] = Math.Max(later.Deviation, OptionChange.LeastDeviation(single));
        plan.OptionValue[place] = today.Value(right);
        plan.HeldValue[place] = plan.OptionValue[place];
    }

    // The two legs of A·Φ(d1) − B·Φ(d2), multiplier included.
    readonly struct Legs
    {
        public Legs(Instrument instrument, double spot, double years)
        {
            double discount = HostMath.Exp(-instrument.Rate * years);
            double dividends = HostMath.Exp(-instrument.DividendYield * years);
            double m = instrument.Multiplier;
            LogMoneyness = HostMath.Log(spot / instrument.Strike) + (instrument.Rate - instrument.DividendYield) * years;
            Deviation = instrument.Volatility * Math.Sqrt(years);
            if (instrument.Type == InstrumentType.InverseOption)
            {
                double forward = spot * dividends / discount;
                Asset = m * discount;
                Strike = m * discount * instrument.Strike / forward;
            }
            else
            {
                Asset = m * spot * dividends;
                Strike = m * instrument.Strike * discount;
            }
        }

        public double LogMoneyness { get; }

        public double Asset { get; }

        public double Strike { get; }

        public double Deviation { get; }

        public double Value(double right)
        {
            double deviation = Math.Max(Deviation, OptionChange.LeastDeviation(single: false));
            return OptionChange.Change(
                Float64.Of(LogMoneyness), Float64.Of(right * Asset), Float64.Of(right * Strike),
                Float64.Of(0.5 * right * deviation), Float64.Of(right / deviation), Float64.Of(0)).Value;
        }
    }
}
