using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Reference;

/// <summary>Value and P&amp;L per contract, written from the formulas of the file contract; European exercise only.</summary>
/// <remarks>A row of shocks holds one number per factor of the set, in file order; log-return of price and volatility factors, added to rates.</remarks>
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
        return Value(i, shocks, AgedYears) - Value(i, noShocks, 0);
    }

    /// <summary>P&amp;L of a contract in run currency, gain &gt; 0: of what is held value'·fx' − value·fx, of what is settled P&amp;L·fx'.</summary>
    public double ProfitAndLoss(int instrument, ReadOnlySpan<double> shocks)
    {
        Instrument i = set.Instruments[instrument];
        double today = Value(i, noShocks, 0);
        double then = Value(i, shocks, AgedYears);
        double fxToday = ExchangeRate(i.Currency, noShocks);
        double fxThen = ExchangeRate(i.Currency, shocks);
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

    double AgedYears => set.Settings.Ageing == Ageing.Horizon ? set.Settings.HorizonDays / DaysPerYear : 0;

    // For what is settled the price (inverse: minus its reciprocal) whose change is the P&L.
    double Value(Instrument i, ReadOnlySpan<double> shocks, double agedYears)
    {
        double spot = Level(i.Underlying, shocks);
        double years = Math.Max(i.YearsToExpiry - agedYears, 0);
        double rate = i.Rate + (i.RateFactor < 0 ? 0 : shocks[i.RateFactor]);
        double volatility = i.Volatility * (i.VolatilityFactor < 0 ? 1 : Math.Exp(shocks[i.VolatilityFactor]));
        double Forward() => ReferenceOption.Forward(spot, rate, i.DividendYield, years);
        double Option() => ReferenceOption.Value(i.Right, spot, i.Strike, rate, i.DividendYield, years, volatility);
        return i.Multiplier * i.Type.Word switch
        {
            "spot" or "perpetual" => spot,
            "future" => Forward(),
            "option" => Option(),
            "inverse-perpetual" => -1 / spot,
            "inverse-future" => -1 / Forward(),
            "inverse-option" => Option() / Forward(),
            _ => throw new ArgumentOutOfRangeException(nameof(i), i.Type, "No such instrument type."),
        };
    }

    double Level(int factor, ReadOnlySpan<double> shocks) => set.Factors[factor].Level * Math.Exp(shocks[factor]);

    static bool IsHeld(InstrumentType type) =>
        type.Word is "spot" or "option" or "inverse-option";
}
