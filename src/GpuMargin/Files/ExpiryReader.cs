using System.Globalization;
using System.Text.Json;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Keys <c>expiryTime</c> and <c>timeZone</c> of run.json.</summary>
static class ExpiryReader
{
    const string TimePhrase = "a time of day such as \"16:00\" or \"16:00:00\"";

    const string ZonePhrase = "a name of the IANA time zone database, such as \"America/New_York\"";

    static readonly string[] s_times = ["HH:mm", "HH:mm:ss"];

    /// <summary>A time zone without a time is refused: the default time is UTC's.</summary>
    public static ExpiryClock Read(JsonSection run)
    {
        if (run.Find("expiryTime") is null && run.Find("timeZone") is { } alone)
        {
            run.Refuse(alone.Line, "timeZone", alone.Text, "the key expiryTime beside it, such as \"expiryTime\": \"16:00\"");
            return ExpiryClock.Default;
        }

        ExpiryClock clock = new(Time(run), Zone(run));
        if (clock.TimeZone is not null && clock.Zone is null)
        {
            run.Refuse(run.Find("timeZone")!.Line, "timeZone", clock.TimeZone, $"{ZonePhrase}, that this machine's time zone data has (package tzdata)");
            return ExpiryClock.Default;
        }

        return clock;
    }

    static TimeOnly Time(JsonSection run)
    {
        if (run.Find("expiryTime", JsonTokenType.String, TimePhrase, required: false) is not { } value)
        {
            return ExpiryClock.Default.Time;
        }

        if (TimeOnly.TryParseExact(value.Text, s_times, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            return time;
        }

        run.Refuse(value.Line, "expiryTime", value.Text, TimePhrase);
        return ExpiryClock.Default.Time;
    }

    static string? Zone(JsonSection run) => run.Find("timeZone", JsonTokenType.String, ZonePhrase, required: false)?.Text;
}
