using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.InstrumentTypes;

namespace GpuMargin.Files;

/// <summary>dividends.csv: gives the instruments of each underlying its cash dividends after the as-of date.</summary>
sealed class DividendReader(RunDraft run, FactorTable factors, InstrumentTable instruments, FaultList faults)
{
    const double DaysPerYear = 365;

    readonly ILookup<int, Instrument> on = instruments.Instruments.ToLookup(instrument => instrument.Underlying);
    readonly Dictionary<int, List<CashDividend>> known = [];
    readonly Dictionary<int, int> lines = []; // of each underlying's last row

    /// <returns>All rows, those before the as-of date too.</returns>
    public static List<DividendRow> Read(ClearingSetFolder files, RunDraft run, FactorTable? factors, InstrumentTable? instruments, FaultList faults)
    {
        if (!files.Has(DividendRows.FileName) || files.Open(DividendRows.FileName, "the dividends") is not { } file)
        {
            return [];
        }

        if (factors is null || instruments is null)
        {
            return DividendRows.Read(file, faults);
        }

        int faultsBefore = faults.Count;
        DividendReader reader = new(run, factors, instruments, faults);
        List<DividendRow> rows = DividendRows.Read(file, faults, reader.Take);
        if (faults.Count == faultsBefore)
        {
            reader.Give(file.Name);
        }

        return rows;
    }

    void Take(CsvCells cells, DividendRow row)
    {
        int underlying = Underlying(cells, row);
        double amount = row.Amount * Conversion(cells, row, underlying);
        if (underlying < 0 || run.AsOf is not { } asOf || DateOnly.FromDateTime(asOf.Date) is var today && row.ExDate <= today)
        {
            return;
        }

        if (!known.TryGetValue(underlying, out List<CashDividend>? dividends))
        {
            known[underlying] = dividends = [];
        }

        dividends.Add(new CashDividend((row.ExDate.DayNumber - today.DayNumber) / DaysPerYear, amount));
        lines[underlying] = row.Line;
    }

    int Underlying(CsvCells cells, DividendRow row)
    {
        const string Column = "underlying";
        if (row.Underlying.Length == 0)
        {
            return -1;
        }

        int underlying = factors.Resolve(cells.Bytes(Column), row.Underlying, RiskFactorKind.Price, faults, out string? expected);
        expected ??= underlying < 0 ? null : Unsuited(underlying, row.Underlying);
        if (expected is not null)
        {
            cells.Refuse(Column, row.Underlying, expected);
            return -1;
        }

        return underlying;
    }

    string? Unsuited(int underlying, string name)
    {
        if (on[underlying].FirstOrDefault(instrument => instrument.Type.IsInverse) is { } inverse)
        {
            return $"an underlying without coin-margined contracts ('{inverse.Name}' is one)";
        }

        if (on[underlying].FirstOrDefault(instrument => instrument.Type.IsOnFuture) is { } onFuture)
        {
            return $"an underlying that is not the price of a future ('{onFuture.Name}' is an option on one)";
        }

        if (run.Fx.FirstOrDefault(entry => entry.Rate.Factor == name) is { Currency: { } currency })
        {
            return $"an underlying that is no exchange rate ('{name}' is that of {currency} in {RunReader.FileName})";
        }

        return on[underlying].FirstOrDefault(instrument => instrument.DividendYield != 0) is { } yielding
            ? string.Create(CultureInfo.InvariantCulture, $"an underlying whose instruments have no dividend_yield ('{yielding.Name}' has {yielding.DividendYield}): a yield or a schedule, not both")
            : null;
    }

    // Units of the underlying's price for one unit of the row's currency, at today's exchange rates.
    double Conversion(CsvCells cells, DividendRow row, int underlying)
    {
        if (row.Currency.Length == 0 || underlying < 0)
        {
            return 1;
        }

        string[] quoted = [.. on[underlying].Select(instrument => instrument.Currency).Distinct()];
        if (quoted.Length > 1)
        {
            cells.Refuse("currency", row.Currency, $"an empty cell, because the instruments on '{row.Underlying}' have several currencies ({string.Join(", ", quoted)}): the amount is in the unit of its price");
            return 1;
        }

        if (quoted.Length == 0 || quoted[0] == row.Currency)
        {
            return 1;
        }

        if (InRunCurrency(row.Currency) is { } amount && InRunCurrency(quoted[0]) is { } price)
        {
            return amount / price;
        }

        cells.Refuse("currency", row.Currency, $"'{quoted[0]}', the currency of the instruments on '{row.Underlying}', or another that {RunReader.FileName} can convert to it");
        return 1;
    }

    double? InRunCurrency(string currency)
    {
        if (currency == run.Currency)
        {
            return 1;
        }

        FxEntry entry = run.Fx.FirstOrDefault(known => known.Currency == currency);
        int factor = entry.Rate.Factor is { } name ? factors.Factors.FindIndex(known => known.Name == name) : -1;
        return factor < 0 ? null : entry.Rate.Reciprocal ? 1 / factors.Factors[factor].Level : factors.Factors[factor].Level;
    }

    void Give(string file)
    {
        HashSet<int> told = [];
        for (int i = 0; i < instruments.Instruments.Count; i++)
        {
            Instrument instrument = instruments.Instruments[i];
            if (!known.TryGetValue(instrument.Underlying, out List<CashDividend>? dividends))
            {
                continue;
            }

            instruments.Instruments[i] = instrument = instrument with { Dividends = dividends };
            if (EarlyExerciseRule.BreachWithDividends(instrument) is { } expected && told.Add(instrument.Underlying))
            {
                faults.Add(file, lines[instrument.Underlying], "underlying", factors.Names.Names[instrument.Underlying], expected);
                continue;
            }

            if (instrument.Underlying < factors.Factors.Count && factors.Factors[instrument.Underlying].Level is var level
                && EscrowedSpot.Cash(instrument, 0) is var cash && cash >= level && told.Add(instrument.Underlying))
            {
                faults.Add(file, lines[instrument.Underlying], "amount", null, string.Create(
                    CultureInfo.InvariantCulture,
                    $"dividends worth less than {level}, the price of '{factors.Names.Names[instrument.Underlying]}' (those up to the expiry of '{instrument.Name}' are worth {cash:0.######})"));
            }
        }
    }
}
