using System.Globalization;
using GpuMargin.Calibration;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;

namespace GpuMargin.Studies;

/// <summary>One day of a roll: the clearing set of what was known, and what stays of it when it is done.</summary>
/// <param name="Row">Of the history.</param>
/// <param name="Levels">By column of the history.</param>
/// <param name="Volatilities">Implied volatility by instrument.</param>
/// <param name="VolatilityShocks">By volatility factor behind the columns: the change of ln V over the margin period that ends on the day.</param>
sealed record RollDay(int Row, double[] Levels, double[] Volatilities, double[] VolatilityShocks)
{
    public static RollDay Of(HistorySet set, CalibrationResult calibration, int row)
    {
        int prices = set.History.Factors.Count;
        double[] shocks = [.. calibration.Factors.Skip(prices).Select(proxy => VolatilityProxy.Changes(proxy.ProxyFit!).TakeLast(set.Settings.HorizonDays).Sum())];

        return new RollDay(row, KnownHistory.Levels(set.History, row), RolledInstruments.Volatilities(set, calibration.Factors, row, calibration.DaysPerYear), shocks);
    }

    /// <summary>The clearing set that would have been run on the day.</summary>
    /// <remarks>Under a policy the factors' long-run variance is that of the ten years known, or of all days.</remarks>
    public ClearingSet ClearingSet(HistorySet set, CalibrationResult calibration)
    {
        RiskFactor[] factors = [.. calibration.Factors.Select(factor => factor.Factor)];
        if (set.Policy?.Terms<LongRunFloor>() is not null || set.Policy?.Terms<LiquidityCost>() is { VolatilityPower: > 0 })
        {
            double[] variances = LookBack.Variances(set.History, calibration, Row, LookBack.LongRun(Row));
            factors = [.. factors.Zip(variances, (factor, variance) => factor with { GivenLongRunVariance = variance })];
        }

        RunSettings settings = set.Settings with { AsOf = set.History.Dates[Row], Copula = calibration.Dependence.Copula };
        ClearingSet day = Set(set, settings, factors, calibration.Dependence.Correlation);
        return day with
        {
            Policy = set.Policy,
            AccountTerms = set.AccountTerms,
            Collateral = set.Collateral,
            Liquidity = Known(set, day),
            Stress = Moving(set.Stress, factors.Length),
        };
    }

    static LiquidityTable Known(HistorySet set, ClearingSet day)
    {
        LiquidityTable known = set.Liquidity.On(day.Settings.AsOf, day.Instruments);
        int missing = set.Policy?.Terms<LiquidityCost>() is null || ReferenceEquals(known, set.Liquidity) ? -1 : known.RowOfInstrument.ToList().IndexOf(-1);
        return missing < 0 ? known : throw new RefusedInputException([new Fault("liquidity.csv", null, "date", null, string.Create(
            CultureInfo.InvariantCulture,
            $"a row for instrument '{day.Instruments[missing].Name}' or its underlying that was known on {day.Settings.AsOf:yyyy-MM-dd}, a day of the roll"))]);
    }

    // A volatility factor that no instrument is moved by is not calibrated.
    static StressSet Moving(StressSet stress, int factors) => new()
    {
        Moves = [.. stress.Moves.Select(move => move with { Shocks = [.. move.Shocks.Where(shock => shock.Factor < factors)] })],
    };

    /// <summary>The clearing set of the day at given factors, without policy.</summary>
    public ClearingSet Set(HistorySet set, RunSettings settings, RiskFactor[] factors, double[,] correlation) => new()
    {
        Settings = settings,
        Factors = factors,
        Correlation = correlation,
        Instruments = RolledInstruments.On(set, Levels, Volatilities),
        Accounts = set.Book.Accounts,
        Positions = set.Book.On(set.History.Dates[Row]),
    };
}
