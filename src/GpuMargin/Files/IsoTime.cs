using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>ISO 8601 dates and date-times; a date-time names its offset.</summary>
static class IsoTime
{
    public const string DateTimePhrase = "an ISO date-time with Z or an offset, such as 2001-01-02T16:00:00Z";

    public const string DateOrDateTimePhrase = "an ISO date such as 2001-06-15 (it means 16:00:00Z), or an ISO date-time with Z or an offset";

    /// <summary>What a date alone means, in words of a fault.</summary>
    public static string DateOrDateTime(ExpiryClock clock) => clock == ExpiryClock.Default ? DateOrDateTimePhrase
        : $"an ISO date such as 2001-06-15 (it means {clock.TimeText} {clock.TimeZone ?? "UTC"}), or an ISO date-time with Z or an offset";

    static readonly string[] s_formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    public static bool TryReadDateTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>A date alone means 16:00:00Z of that day.</summary>
    public static bool TryReadDateOrDateTime(string text, out DateTimeOffset time) =>
        TryReadDateOrDateTime(text, ExpiryClock.Default.Time, TimeZoneInfo.Utc, out time);

    /// <summary>A date alone means the time on that day in the zone.</summary>
    public static bool TryReadDateOrDateTime(string text, TimeOnly ofDate, TimeZoneInfo zone, out DateTimeOffset time)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            time = ExpiryClock.On(date, ofDate, zone);
            return true;
        }

        return TryReadDateTime(text, out time);
    }

    /// <summary>ACT/365: seconds / (365·86,400).</summary>
    public static double Years(DateTimeOffset from, DateTimeOffset to)
    {
        TimeSpan span = to - from;
        double seconds = span.Ticks % TimeSpan.TicksPerSecond == 0 ? span.Ticks / TimeSpan.TicksPerSecond : span.TotalSeconds;
        return seconds / (365.0 * 86_400.0);
    }
}
