using System.Globalization;

namespace GpuMargin.ClearingSets;

/// <summary>Instruments whose underlyings go round the price factors: instrument i is on price i modulo their number.</summary>
static class SyntheticInstruments
{
    static readonly (InstrumentType Type, string Letter)[] s_linear =
        [(InstrumentType.Spot, "S"), (InstrumentType.Future, "F"), (InstrumentType.Perpetual, "X")];

    const double Rate = 0.03;

    const int Quarters = 8, DaysPerQuarter = 91;

    public static List<Instrument> Draw(SyntheticOptions options, IReadOnlyList<RiskFactor> factors, SyntheticRandom random)
    {
        int count = options.Instruments, prices = SyntheticFactors.PriceCount(factors.Count);
        double[] atTheMoney = new double[prices];
        double[] dividendYield = new double[prices];
        for (int i = 0; i < prices; i++)
        {
            // Between 15 % and 57 % a year, see the price factors.
            atTheMoney[i] = Math.Sqrt(252 * factors[i].Variance);
            dividendYield[i] = random.NextBetween(0, 0.03);
        }

        VolatilitySurface[] surfaces = options.Surfaces
            ? [.. Enumerable.Range(0, prices).Select(i => SyntheticSurfaces.Of(factors[i], VolatilityFactor(i, factors), atTheMoney[i]))]
            : [];
        List<Instrument> instruments = new(count);
        int linear = 0, drawn = 0;
        for (int i = 0; i < count; i++)
        {
            int price = i % prices;
            var instrument = IsNext(i, options.OptionShare)
                ? Option(i, price, factors, atTheMoney[price], random) with
                {
                    Exercise = IsNext(drawn++, options.AmericanShare) ? ExerciseStyle.American : ExerciseStyle.European,
                }
                : Linear(i, price, factors, s_linear[linear++ % s_linear.Length], random);
            if (options.Surfaces && instrument.Type is InstrumentTypes.OptionType)
            {
                instrument = instrument with { VolatilityFactor = -1, Surface = surfaces[price] };
            }

            if (instrument.Type.Has(InstrumentColumn.Expiry))
            {
                instrument = instrument with { Rate = Rate, DividendYield = options.CashDividends ? 0 : dividendYield[price] };
            }

            instruments.Add(options.CashDividends ? instrument with { Dividends = Dividends(price, factors[price].Level, dividendYield[price]) } : instrument);
        }
        return instruments;
    }

    /// <summary>Members of a share are spread evenly: one wherever the running count index · share passes a whole number.</summary>
    static bool IsNext(int index, double share) => Math.Floor((index + 1) * share) > Math.Floor(index * share);

    /// <summary>A quarter of the yield at today's price, in whole cents, on days that differ between prices: the first within a quarter, the last after two years.</summary>
    static CashDividend[] Dividends(int price, double level, double yield)
    {
        double amount = Math.Round(level * yield / 4, 2);
        int first = 1 + price * 7 % DaysPerQuarter;
        return amount == 0 ? [] : [.. Enumerable.Range(0, Quarters).Select(quarter => new CashDividend((first + quarter * DaysPerQuarter) / 365.0, amount))];
    }

    static Instrument Option(int index, int price, IReadOnlyList<RiskFactor> factors, double atTheMoney, SyntheticRandom random)
    {
        double moneyness = random.NextBetween(0.70, 1.30) - 1;
        bool call = random.NextUniform() < 0.5;
        // Skew and curvature over the relative strike.
        double volatility = Math.Clamp(atTheMoney * (1 - 0.2 * moneyness + 0.5 * moneyness * moneyness), 0.15, 0.60);
        return new Instrument
        {
            Name = Name(factors[price].Name, call ? "C" : "P", index),
            Type = InstrumentType.Option,
            Underlying = price,
            Currency = "USD",
            Multiplier = 100,
            Strike = Math.Round(factors[price].Level * (1 + moneyness), 2),
            YearsToExpiry = Years(random),
            Right = call ? OptionRight.Call : OptionRight.Put,
            Volatility = Math.Round(volatility, 6),
            VolatilityFactor = VolatilityFactor(price, factors),
        };
    }

    static int VolatilityFactor(int price, IReadOnlyList<RiskFactor> factors) =>
        SyntheticFactors.PriceCount(factors.Count) + price is var factor && factor < factors.Count ? factor : -1;

    static Instrument Linear(
        int index, int price, IReadOnlyList<RiskFactor> factors, (InstrumentType Type, string Letter) kind, SyntheticRandom random)
    {
        bool dated = kind.Type.Has(InstrumentColumn.Expiry);
        return new Instrument
        {
            Name = Name(factors[price].Name, kind.Letter, index),
            Type = kind.Type,
            Underlying = price,
            Currency = "USD",
            Multiplier = dated ? 100 : 1,
            YearsToExpiry = dated ? Years(random) : 0,
        };
    }

    /// <summary>7 to 730 whole days, near expiries more often; whole days divided by 365 survive being written as a date.</summary>
    static double Years(SyntheticRandom random)
    {
        double u = random.NextUniform();
        return (7 + (int)(724 * u * u)) / 365.0;
    }

    static string Name(string underlying, string kind, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{underlying}-{kind}-{index + 1:D6}");
}
