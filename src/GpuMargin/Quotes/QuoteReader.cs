using GpuMargin.ClearingSets;
using GpuMargin.Files;
using GpuMargin.Files.Mapping;

namespace GpuMargin.Quotes;

/// <summary>Reads one file of quotes of one day.</summary>
static class QuoteReader
{
    /// <param name="path">CSV, or JSON with a list of objects.</param>
    /// <returns>By underlying, in order of first appearance.</returns>
    /// <exception cref="RefusedInputException">The file or the mapping is faulty.</exception>
    public static IReadOnlyList<QuoteDay> Read(string path, ColumnMapping mapping)
    {
        FaultList faults = new();
        SourceFile? file = SourceFile.Open(path, Path.GetFileName(path), "quotes of options, CSV or JSON", faults);
        SourceTable? table = file is null ? null : SourceTable.Read(file, faults);
        MappedRows? rows = table is null ? null : MappedRows.Of(table, mapping, QuoteFields.Required, faults);
        List<QuoteRow> quotes = rows is null ? [] : [.. rows.Rows.Select(row => QuoteRow.Of(row, mapping, faults)).OfType<QuoteRow>()];
        foreach (IGrouping<string, QuoteRow> day in quotes.GroupBy(row => row.Underlying))
        {
            OneDay([.. day], rows!);
        }

        if (faults.Count == 0 && quotes.Count == 0)
        {
            faults.Add(table!.File, null, null, null, "rows of quotes (there are none)");
        }

        faults.ThrowIfAny();
        return [.. quotes.GroupBy(row => row.Underlying).Select(day => Day(day.Key, table!.File, [.. day]))];
    }

    static void OneDay(IReadOnlyList<QuoteRow> rows, MappedRows mapped)
    {
        QuoteRow first = rows[0];
        if (rows.FirstOrDefault(row => row.Time.Date != first.Time.Date) is { } other)
        {
            new MappedRow(mapped, other.Line, []).Refuse(
                QuoteFields.Time, other.Time.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                FormattableString.Invariant($"the day of line {first.Line}, {first.Time:yyyy-MM-dd} (a file has the quotes of one day; a folder has a file per day)"));
        }

        if (rows.FirstOrDefault(row => row.Exercise != first.Exercise) is { } mixed)
        {
            new MappedRow(mapped, mixed.Line, []).Refuse(
                QuoteFields.Exercise, Words.Exercises.WordOf(mixed.Exercise), FormattableString.Invariant($"the exercise of line {first.Line}, '{Words.Exercises.WordOf(first.Exercise)}', for all options on '{first.Underlying}'"));
        }
    }

    static QuoteDay Day(string underlying, string file, IReadOnlyList<QuoteRow> rows)
    {
        DateTimeOffset time = rows.Max(row => row.Time);
        return new QuoteDay(
            underlying, file, time, rows[0].Exercise,
            [.. rows.Where(row => row.Expiry > time).GroupBy(row => row.Expiry).OrderBy(expiry => expiry.Key).Select(expiry => Expiry([.. expiry], IsoTime.Years(time, expiry.Key)))]);
    }

    static ExpiryQuotes Expiry(IReadOnlyList<QuoteRow> rows, double years)
    {
        OptionQuote[] quotes =
        [
            .. rows.Where(row => row.Bid > 0 && row.Ask >= row.Bid).Select(row => new OptionQuote(row.Strike, row.Right, row.Bid, row.Ask))
                .DistinctBy(quote => (quote.Strike, quote.Right)).OrderBy(quote => quote.Strike),
        ];
        return new ExpiryQuotes(rows[0].Expiry, years, quotes, rows.Count - quotes.Length)
        {
            Spot = Median(rows.Select(row => row.Spot)),
            Forward = Median(rows.Select(row => row.Forward)),
            Rate = Median(rows.Select(row => row.Rate)),
            Yield = Median(rows.Select(row => row.Yield)),
            IsInCoin = rows[0].IsInCoin,
        };
    }

    static double? Median(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>().Order()];
        return known.Length == 0 ? null : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
    }
}
