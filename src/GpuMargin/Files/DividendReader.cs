using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.InstrumentTypes;

namespace GpuMargin.Files;

/// <summary>dividends.csv: gives the instruments of each underlying its cash dividends after the as-of date.</summary>
sealed class DividendReader(RunDraft run, FactorTable factors, InstrumentTable instruments, FaultList faults)
{
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

    const double DaysPerYear = 365;

    int Underlying(CsvCells cells, DividendRow row)
    {
        const string Column = "underlying";
        if (row.Underlying.Length == 0)
        {
            return -1;
        }

        int underlying = factors.Resolve(cells.Bytes(Column), row.Underlying, RiskFactorKind.Price, faults, out string? expected);
        expected ??= underlying >= 0 && On(underlying).FirstOrDefault(instrument => instrument.Type.IsInverse) is { } inverse
            ? $"an underlying without coin-margined contracts ('{inverse.Name}' is one)" : null;
        expected ??= run.Fx.FirstOrDefault(entry => entry.Rate.Factor == row.Underlying) is { Currency: { } currency }
            ? $"an underlying that is no exchange rate ('{row.Underlying}' is that of {currency} in {RunReader.FileName})" : null;
        expected ??= underlying >= 0 && On(underlying).FirstOrDefault(instrument => instrument.DividendYield != 0) is { } yielding
            ? string.Create(CultureInfo.InvariantCulture, $"an underlying whose instruments have no dividend_yield ('{yielding.Name}' has {yielding.DividendYield}): a yield or a schedule, not both") : null;
        if (expected is not null)
        {
            cells.Refuse(Column, row.Underlying, expected);
            return -1;
        }

        return underlying;
    }

    // Units of the underlying's price for one unit of the row's currency, at today's exchange rates.
    double Conversion(CsvCells cells, DividendRow row, int underlying)
    {
        if (row.Currency.Length == 0 || underlying < 0)
        {
            return 1;
        }

        string[] quoted = [.. On(underlying).Select(instrument => instrument.Currency).Distinct()];
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

    IEnumerable<Instrument> On(int underlying) => instruments.Instruments.Where(instrument => instrument.Underlying == underlying);

    void Give(string file)
    {
        for (int i = 0; i < instruments.Instruments.Count; i++)
        {
            if (known.TryGetValue(instruments.Instruments[i].Underlying, out List<CashDividend>? dividends))
            {
                instruments.Instruments[i] = instruments.Instruments[i] with { Dividends = dividends };
            }
        }

        foreach (int underlying in known.Keys.Where(underlying => underlying < factors.Factors.Count).Order())
        {
            double level = factors.Factors[underlying].Level;
            if (On(underlying).FirstOrDefault(instrument => EscrowedSpot.Cash(instrument, 0) >= level) is { } heavy)
            {
                faults.Add(file, lines[underlying], "amount", null, string.Create(
                    CultureInfo.InvariantCulture,
                    $"dividends worth less than {level}, the price of '{factors.Names.Names[underlying]}' (those up to the expiry of '{heavy.Name}' are worth {EscrowedSpot.Cash(heavy, 0):0.######})"));
            }
        }
    }
}
