using System.Globalization;

namespace GpuMargin.ClearingSets;

/// <summary>Time of day at which an expiry falls that instruments.csv gives as a date alone, in UTC or in a time zone with its daylight saving.</summary>
/// <param name="Time">Local time.</param>
/// <param name="TimeZone">Name in the IANA time zone database, such as America/New_York; <see langword="null"/>: UTC.</param>
public sealed record ExpiryClock(TimeOnly Time, string? TimeZone)
{
    public static ExpiryClock Default { get; } = new(new TimeOnly(16, 0), null);

    /// <summary>hh:mm, with seconds where there are any.</summary>
    internal string TimeText => Time.ToString(Time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The zone; <see langword="null"/> where this machine does not know it.</summary>
    internal TimeZoneInfo? Zone => TimeZone is null ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out TimeZoneInfo? zone) && zone.HasIanaId ? zone : null;

    /// <summary>The time on a date; of a time that the clock skips when daylight saving begins, the moment at which it is put forward.</summary>
    internal static DateTimeOffset On(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        DateTime local = date.ToDateTime(time);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
