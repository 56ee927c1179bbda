using GpuMargin.ClearingSets;
using GpuMargin.Files;

namespace GpuMargin.Studies;

/// <summary>Reads positions.csv with or without a column <c>date</c>.</summary>
static class DatedBookReader
{
    const string DateColumn = "date";

    static readonly string[] s_required = ["account", "instrument", "quantity"];

    /// <param name="accounts">Gains those of the file; the book's, with what is added later.</param>
    public static DatedBook Read(SourceFile? file, NameTable? instruments, NameTable accounts, FaultList faults, CancellationToken cancellation)
    {
        PositionColumns rows = new(0);
        List<DateTimeOffset> from = [];
        using CsvTable? csv = file is null ? null : CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, [DateColumn], faults) is not { } columns)
        {
            return new DatedBook(accounts.Names, rows.ToTable(), null);
        }

        CsvCells cells = new(csv, columns, faults);
        bool isDated = columns[DateColumn] >= 0;
        while (csv.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!csv.IsSound)
            {
                continue;
            }

            if (accounts.Add(cells.Bytes("account"), out int account) && NameRule.Breach(cells.Text("account")) is { } breach)
            {
                cells.Refuse("account", cells.IsEmpty("account") ? null : cells.Text("account"), breach);
            }

            if (isDated)
            {
                from.Add(Date(cells));
            }

            rows.Add(account, Instrument(cells, instruments), cells.Number("quantity", NumberRule.Finite) ?? 0);
        }

        if (csv.Rows == 0)
        {
            faults.Add(csv.File, csv.HeaderLine, null, null, "at least one position below the header");
        }

        return new DatedBook(accounts.Names, rows.ToTable(), isDated ? [.. from] : null);
    }

    static DateTimeOffset Date(CsvCells cells)
    {
        if (cells.IsEmpty(DateColumn))
        {
            cells.RefuseMissing(DateColumn, IsoTime.DateOrDateTimePhrase, null);
            return default;
        }

        if (!IsoTime.TryReadDateOrDateTime(cells.Text(DateColumn), out DateTimeOffset time))
        {
            cells.Refuse(DateColumn, cells.Text(DateColumn), IsoTime.DateOrDateTimePhrase);
        }

        return time;
    }

    static int Instrument(CsvCells cells, NameTable? instruments)
    {
        int held = instruments is null ? 0 : instruments.IndexOf(cells.Bytes("instrument"));
        if (cells.IsEmpty("instrument"))
        {
            cells.RefuseMissing("instrument", "an instrument of instruments.csv", null);
        }
        else if (held < 0 && instruments!.IsComplete)
        {
            string name = cells.Text("instrument");
            cells.Refuse("instrument", name, $"an instrument of instruments.csv{instruments.DidYouMean(name, cells.Faults)}");
        }

        return held;
    }
}
