using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files.Mapping;

/// <summary>How times are written.</summary>
/// <param name="Format">.NET format of dates or times, <see cref="UnixMilliseconds"/>, or <see langword="null"/>: ISO 8601.</param>
/// <param name="OfDate">Time of day of a date alone.</param>
/// <param name="Zone">Of times without an offset.</param>
sealed record TimeFormat(string? Format, TimeOnly OfDate, TimeZoneInfo Zone)
{
    /// <summary>Milliseconds since 1970-01-01T00:00:00Z.</summary>
    public const string UnixMilliseconds = "unix-ms";

    public static TimeFormat Iso { get; } = new(null, ExpiryClock.Default.Time, TimeZoneInfo.Utc);

    /// <summary>Phrase that continues "expected …".</summary>
    public string Phrase => Format switch
    {
        null => IsoTime.DateOrDateTime(new ExpiryClock(OfDate, Zone == TimeZoneInfo.Utc ? null : Zone.Id)),
        UnixMilliseconds => "milliseconds since 1970",
        _ => $"a time written as {Format}",
    };

    public bool TryRead(string text, out DateTimeOffset time)
    {
        if (Format is null)
        {
            return IsoTime.TryReadDateOrDateTime(text, OfDate, Zone, out time);
        }

        time = default;
        if (Format == UnixMilliseconds)
        {
            bool isRead = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds) && milliseconds < 253_402_300_800_000;
            time = isRead ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
            return isRead;
        }

        if (!DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return false;
        }

        bool hasTime = Format.AsSpan().ContainsAny('H', 'h', 'm');
        time = ExpiryClock.On(DateOnly.FromDateTime(local), hasTime ? TimeOnly.FromDateTime(local) : OfDate, Zone);
        return true;
    }
}
