namespace GpuMargin.Files;

/// <summary>The column <c>expiry</c> of a file's rows.</summary>
sealed class ExpiryCell(CsvCells cells, RunDraft run)
{
    const string Column = "expiry";

    readonly TimeZoneInfo zone = run.Settings.ExpiryClock.Zone ?? TimeZoneInfo.Utc;
    readonly string phrase = IsoTime.DateOrDateTime(run.Settings.ExpiryClock);

    /// <summary>Years to expiry, ACT/365; 0 after a fault.</summary>
    /// <param name="because">Why the row has one; <see langword="null"/>: every row has.</param>
    /// <param name="what">Of which it is the expiry.</param>
    public double Years(string? because, string what)
    {
        if (cells.IsEmpty(Column))
        {
            cells.RefuseMissing(Column, phrase, because);
            return 0;
        }

        string text = cells.Text(Column);
        if (!IsoTime.TryReadDateOrDateTime(text, run.Settings.ExpiryClock.Time, zone, out DateTimeOffset expiry))
        {
            cells.Refuse(Column, text, phrase);
            return 0;
        }

        if (run.AsOf is not { } asOf)
        {
            return 0;
        }

        if (expiry <= asOf)
        {
            cells.Refuse(Column, text, FormattableString.Invariant($"an expiry after asOf of run.json, {asOf:yyyy-MM-dd'T'HH:mm:ssK} (the {what} has expired)"));
        }

        return IsoTime.Years(asOf, expiry);
    }
}
