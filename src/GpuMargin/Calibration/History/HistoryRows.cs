using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;
using GpuMargin.Files;

namespace GpuMargin.Calibration.History;

/// <summary>A history file's rows as they are written.</summary>
/// <param name="File">The file's name.</param>
/// <param name="HeaderLine">1-based.</param>
/// <param name="Factors">Names by column.</param>
/// <param name="Rows">In file order.</param>
sealed record HistoryRows(string File, int HeaderLine, IReadOnlyList<string> Factors, List<HistoryRow> Rows)
{
    const string DateColumn = "date";

    /// <summary>What programs write for "no value"; an empty cell is one too.</summary>
    static readonly string[] s_missingWords = ["NA", "N/A", "NaN", "null"];

    /// <returns><see langword="null"/> when there is nothing to read; a fault says so.</returns>
    public static HistoryRows? Read(SourceFile source, FaultList faults, CancellationToken cancellation)
    {
        using CsvTable? csv = CsvTable.Open(source, faults);
        if (csv is null)
        {
            return null;
        }

        int dateColumn = csv.Headers.ToList().FindIndex(name => name.Equals(DateColumn, StringComparison.OrdinalIgnoreCase));
        int[] columns = [.. Enumerable.Range(0, csv.Headers.Count).Where(column => column != dateColumn)];
        HistoryRows history = new(csv.File, csv.HeaderLine, [.. columns.Select(column => csv.Headers[column])], []);
        history.CheckNames(columns, faults);
        while (csv.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            if (csv.IsSound && dateColumn < 0 && history.Rows.Count == 0 && Array.FindIndex(columns, column => HoldsDate(csv, column)) is var days and >= 0)
            {
                faults.Add(csv.File, csv.HeaderLine, null, csv.Headers[columns[days]], FormattableString.Invariant(
                    $"'{DateColumn}' as the name of the column of the days (line {csv.Line} has '{csv.Text(columns[days])}'){csv.BlankHint(columns[days])}"));
                return null;
            }

            if (csv.IsSound)
            {
                history.Rows.Add(new HistoryRow(csv.Line, dateColumn < 0 ? null : Date(csv, dateColumn, faults), [.. columns.Select(column => Value(csv, column, faults))]));
            }
        }

        return history;
    }

    void CheckNames(int[] columns, FaultList faults)
    {
        if (Factors.Count == 0)
        {
            faults.Add(File, HeaderLine, null, DateColumn, "a column for at least one factor beside the dates");
        }

        HashSet<string> seen = [];
        foreach ((string name, int column) in Factors.Zip(columns))
        {
            if (NameRule.Breach(name) is { } breach)
            {
                faults.Add(File, HeaderLine, null, name, FormattableString.Invariant($"{breach} in column {column + 1}; the column of the days is called '{DateColumn}'"));
            }
            else if (FactorRule.Reserved(name) is { } reserved)
            {
                faults.Add(File, HeaderLine, null, name, reserved);
            }
            else if (!seen.Add(name))
            {
                faults.Add(File, HeaderLine, name, name, "each column once");
            }
        }
    }

    static bool HoldsDate(CsvTable csv, int column) =>
        !NumberText.TryRead(csv.Bytes(column), out _) && DateTime.TryParse(csv.Text(column), CultureInfo.InvariantCulture, out _);

    static DateTimeOffset? Date(CsvTable csv, int column, FaultList faults)
    {
        string text = csv.Text(column);
        if (IsoTime.TryReadDateOrDateTime(text, out DateTimeOffset date))
        {
            return date;
        }

        faults.Add(csv.File, csv.Line, csv.Headers[column], text.Length == 0 ? null : text, IsoTime.DateOrDateTimePhrase);
        return null;
    }

    /// <returns>NaN for a missing value, and after a fault.</returns>
    static double Value(CsvTable csv, int column, FaultList faults)
    {
        ReadOnlySpan<byte> text = csv.Bytes(column);
        if (NumberText.TryRead(text, out double value))
        {
            return value;
        }

        if (!text.IsEmpty && !s_missingWords.Contains(csv.Text(column), StringComparer.OrdinalIgnoreCase))
        {
            faults.Add(csv.File, csv.Line, csv.Headers[column], csv.Text(column), $"{NumberRule.Finite.Phrase}, or an empty cell where there is no value{NumberText.Diagnosis(text)}");
        }

        return double.NaN;
    }
}

/// <summary>One day of a history file.</summary>
/// <param name="Date"><see langword="null"/> when the file has no dates.</param>
/// <param name="Values">By factor; NaN where there is none.</param>
sealed record HistoryRow(int Line, DateTimeOffset? Date, double[] Values)
{
    public bool IsComplete => !Values.Any(double.IsNaN);
}
