using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>One row of dividends.csv.</summary>
/// <param name="Currency">Of the amount; empty: that of the underlying's price.</param>
readonly record struct DividendRow(int Line, string Underlying, DateOnly ExDate, double Amount, string Currency);

/// <summary>The rows of dividends.csv, with names not yet looked up; ex-dates rise from row to row of an underlying.</summary>
static class DividendRows
{
    public const string FileName = "dividends.csv";

    const string DatePhrase = "an ISO date such as 2001-02-15, the first day without the dividend";

    static readonly string[] s_required = ["underlying", "ex_date", "amount"];

    static readonly string[] s_optional = ["currency"];

    /// <param name="read">What is checked of a row besides, with its cells.</param>
    public static List<DividendRow> Read(SourceFile file, FaultList faults, Action<CsvCells, DividendRow>? read = null)
    {
        List<DividendRow> rows = [];
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns)
        {
            return rows;
        }

        CsvCells cells = new(csv, columns, faults);
        Dictionary<string, DateOnly> latest = new(StringComparer.Ordinal);
        while (csv.Next())
        {
            if (!csv.IsSound)
            {
                continue;
            }

            string underlying = cells.Text("underlying");
            if (underlying.Length == 0)
            {
                cells.RefuseMissing("underlying", "a price factor", null);
            }

            DateOnly date = Date(cells, latest, underlying);
            DividendRow row = new(cells.Line, underlying, date, cells.Number("amount", NumberRule.NotNegative) ?? 0, cells.Text("currency"));
            read?.Invoke(cells, row);
            rows.Add(row);
        }

        return rows;
    }

    static DateOnly Date(CsvCells cells, Dictionary<string, DateOnly> latest, string underlying)
    {
        const string Column = "ex_date";
        if (cells.IsEmpty(Column))
        {
            cells.RefuseMissing(Column, DatePhrase, null);
            return default;
        }

        string text = cells.Text(Column);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            cells.Refuse(Column, text, DatePhrase);
            return default;
        }

        if (latest.TryGetValue(underlying, out DateOnly before) && date <= before)
        {
            cells.Refuse(Column, text, string.Create(CultureInfo.InvariantCulture, $"a date after {before:yyyy-MM-dd}, that of the row of '{underlying}' above"));
        }

        latest[underlying] = date;
        return date;
    }
}
