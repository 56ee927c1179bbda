using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Reference;

/// <summary>Value and P&amp;L per contract, written from the formulas of the file contract; European exercise only.</summary>
/// <remarks>A row of shocks holds one number per factor of the set, in file order; log-return of price and volatility factors, added to rates and additive prices.</remarks>
public sealed class ReferenceValuation(ClearingSet set)
{
    const double DaysPerYear = 365; // ACT/365

    readonly double[] noShocks = new double[set.Factors.Count];
    readonly Dictionary<string, int> factorIndex = set.Factors.Select((f, i) => (f.Name, i)).ToDictionary();

    /// <summary>Today's value of a contract in its own currency; what is settled daily is worth zero.</summary>
    public double ValueToday(int instrument) =>
        IsHeld(set.Instruments[instrument].Type) ? Value(set.Instruments[instrument], noShocks, 0) : 0;

    /// <summary>Today's value of a contract in run currency.</summary>
    public double ValueTodayInRunCurrency(int instrument) =>
        ValueToday(instrument) * ExchangeRate(set.Instruments[instrument].Currency, noShocks);

    /// <summary>P&amp;L of a contract in its own currency before conversion, gain &gt; 0.</summary>
    public double LocalProfitAndLoss(int instrument, ReadOnlySpan<double> shocks)
    {
        Instrument i = set.Instruments[instrument];
        return Value(i, shocks, AgedYears(set.Settings.HorizonDays)) - Value(i, noShocks, 0);
    }

    /// <summary>P&amp;L of a contract in run currency on a path, gain &gt; 0; what expires before the day settles at the price of the first day that ends at or after its expiry.</summary>
    /// <param name="path">Shocks up to the end of each day.</param>
    /// <param name="day">From 1: the day whose exchange rate counts.</param>
    public double ProfitAndLoss(int instrument, IReadOnlyList<double[]> path, int day)
    {
        Instrument i = set.Instruments[instrument];
        int priced = day;
        for (int earlier = day; earlier >= 1 && IsExpired(i, earlier); earlier--)
        {
            priced = earlier;
        }

        return ProfitAndLoss(i, path[priced - 1], AgedYears(priced), path[day - 1]);
    }

    /// <summary>P&amp;L of a contract in run currency, gain &gt; 0, where the shocks are of the whole horizon.</summary>
    public double ProfitAndLoss(int instrument, ReadOnlySpan<double> shocks)
    {
        Instrument i = set.Instruments[instrument];
        return ProfitAndLoss(i, shocks, AgedYears(set.Settings.HorizonDays), shocks);
    }

    // Of what is held value'·fx' − value·fx, of what is settled P&L·fx'.
    double ProfitAndLoss(Instrument i, ReadOnlySpan<double> prices, double aged, ReadOnlySpan<double> rates)
    {
        double today = Value(i, noShocks, 0);
        double then = Value(i, prices, aged);
        double fxToday = ExchangeRate(i.Currency, noShocks);
        double fxThen = ExchangeRate(i.Currency, rates);
        return IsHeld(i.Type) ? (then * fxThen) - (today * fxToday) : (then - today) * fxThen;
    }

    /// <summary>Size of a contract in run currency, today's prices: m·S·fx; of inverse futures and perpetuals, whose m counts quote currency, m/S·fx; of inverse options, whose m counts coin, m·fx.</summary>
    public double Notional(int instrument)
    {
        Instrument i = set.Instruments[instrument];
        double spot = set.Factors[i.Underlying].Level;
        double local = i.Type.Word switch
        {
            "inverse-future" or "inverse-perpetual" => i.Multiplier / spot,
            "inverse-option" => i.Multiplier,
            _ => i.Multiplier * spot,
        };
        return Math.Abs(local) * ExchangeRate(i.Currency, noShocks);
    }

    /// <summary>Run currency per unit of <paramref name="currency"/> in the scenario.</summary>
    public double ExchangeRate(string currency, ReadOnlySpan<double> shocks)
    {
        if (currency == set.Settings.Currency)
        {
            return 1;
        }

        FxRate fx = set.Settings.Fx[currency];
        double level = Level(factorIndex[fx.Factor], shocks);
        return fx.Reciprocal ? 1 / level : level;
    }

    /// <summary>Calendar time to the end of a day of the path, ACT/365; 0 without ageing.</summary>
    public double AgedYears(int day)
    {
        if (set.Settings.Ageing == Ageing.None)
        {
            return 0;
        }

        DateTime start = set.Settings.AsOf.Date, date = start;
        for (int counted = 0; counted < day;)
        {
            date = date.AddDays(1);
            bool weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            counted += (weekend && !set.Settings.Calendar.Weekends) || set.Settings.Calendar.Holidays.Any(holiday => holiday == DateOnly.FromDateTime(date)) ? 0 : 1;
        }

        return (date - start).TotalDays / DaysPerYear;
    }

    bool IsExpired(Instrument i, int day) =>
        set.Settings.Ageing == Ageing.Horizon && i.Type.Word is not ("spot" or "perpetual" or "inverse-perpetual") && AgedYears(day) >= i.YearsToExpiry;

    // k and the pivots' weights are of today, the forward's move of the day that is read.
    double SurfaceGrowth(Instrument i, ReadOnlySpan<double> shocks, double agedYears)
    {
        double years = Math.Max(i.YearsToExpiry - agedYears, 0);
        bool additive = set.Factors[i.Underlying].Kind == RiskFactorKind.Additive;
        double today = Forward(i, noShocks, i.YearsToExpiry, 0);
        double move = additive ? 0 : Math.Log(Forward(i, shocks, years, agedYears) / Forward(i, noShocks, years, agedYears));
        return ReferenceSurface.Growth(i.Surface!, i.YearsToExpiry, additive ? today - i.Strike : Math.Log(today / i.Strike), i.Volatility, additive, move, shocks);
    }

    double Forward(Instrument i, ReadOnlySpan<double> shocks, double years, double agedYears)
    {
        double spot = WithoutDividends(i, Level(i.Underlying, shocks), Math.Min(agedYears, i.YearsToExpiry));
        double rate = i.Curve is null ? i.Rate + (i.RateFactor < 0 ? 0 : shocks[i.RateFactor]) : ReferenceCurve.ZeroRate(i.Curve.Nodes, years, shocks);
        return i.Type.Word == "future-option" ? spot : ReferenceOption.Forward(spot, rate, i.DividendYield, years);
    }

    // For what is settled the price (inverse: minus its reciprocal) whose change is the P&L.
    double Value(Instrument i, ReadOnlySpan<double> shocks, double agedYears)
    {
        double spot = Level(i.Underlying, shocks);
        double years = Math.Max(i.YearsToExpiry - agedYears, 0);
        spot = i.Type.Word is "future" or "option" ? WithoutDividends(i, spot, Math.Min(agedYears, i.YearsToExpiry)) : spot;
        double rate = i.Curve is null ? i.Rate + (i.RateFactor < 0 ? 0 : shocks[i.RateFactor]) : ReferenceCurve.ZeroRate(i.Curve.Nodes, years, shocks);
        double volatility = i.Volatility * (i.Surface is null ? i.VolatilityFactor < 0 ? 1 : Math.Exp(shocks[i.VolatilityFactor]) : SurfaceGrowth(i, shocks, agedYears));
        double Forward() => ReferenceOption.Forward(spot, rate, i.DividendYield, years);
        double Option() => set.Factors[i.Underlying].Kind == RiskFactorKind.Additive
            ? ReferenceNormalOption.Value(i.Right, spot, i.Strike, rate, i.DividendYield, years, volatility)
            : ReferenceOption.Value(i.Right, spot, i.Strike, rate, i.DividendYield, years, volatility);
        return i.Multiplier * i.Type.Word switch
        {
            "spot" or "perpetual" => spot,
            "future" => Forward(),
            "option" => Option(),
            "future-option" => ReferenceOption.Value(i.Right, spot, i.Strike, rate, rate, years, volatility),
            "inverse-perpetual" => -1 / spot,
            "inverse-future" => -1 / Forward(),
            "inverse-option" => Option() / Forward(),
            _ => throw new ArgumentOutOfRangeException(nameof(i), i.Type, "No such instrument type."),
        };
    }

    // The shock is a total return: a dividend that went ex on the way is in it, with interest; one to come is in the price. Both at today's rate.
    double WithoutDividends(Instrument i, double spot, double agedYears)
    {
        double price = spot;
        foreach ((double exYears, double amount) in i.Dividends)
        {
            bool paid = exYears <= agedYears, toCome = !paid && exYears <= i.YearsToExpiry;
            double apart = Math.Abs(agedYears - exYears);
            double interest = Math.Exp((i.Curve is null ? i.Rate : ReferenceCurve.ZeroRate(i.Curve.Nodes, apart, noShocks)) * apart);
            price -= paid ? amount * interest : toCome ? amount / interest : 0;
        }

        return i.Dividends.Count == 0 ? spot : Math.Max(price, 1e-9 * set.Factors[i.Underlying].Level);
    }

    double Level(int factor, ReadOnlySpan<double> shocks) => set.Factors[factor].Kind == RiskFactorKind.Additive
        ? set.Factors[factor].Level + shocks[factor]
        : set.Factors[factor].Level * Math.Exp(shocks[factor]);

    static bool IsHeld(InstrumentType type) =>
        type.Word is "spot" or "option" or "future-option" or "inverse-option";
}
