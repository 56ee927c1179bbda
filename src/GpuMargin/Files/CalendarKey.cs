using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Key <c>calendar</c> of run.json: a word, or an object with holidays.</summary>
static class CalendarKey
{
    public const string Name = "calendar";

    const string HolidaysName = "holidays";

    const string DateForm = "yyyy-MM-dd";

    const string Phrase = "\"all\", \"weekends\" or an object such as {\"holidays\": [\"2024-03-29\"]}";

    /// <returns><see langword="null"/> when the key is missing or after a fault.</returns>
    public static BusinessCalendar? Read(JsonSection run)
    {
        if (run.Find(Name) is not { } value)
        {
            return null;
        }

        switch (value.Kind, value.Text)
        {
            case (JsonTokenType.String, "all"):
                return BusinessCalendar.All;
            case (JsonTokenType.String, "weekends"):
                return BusinessCalendar.Weekdays;
            case (JsonTokenType.StartObject, _):
                return Holidays(run.Section(Name, [HolidaysName], Phrase)!);
            default:
                run.Refuse(value.Line, Name, value.Text, Phrase);
                return null;
        }
    }

    /// <summary>The value of the key; <see langword="null"/> where every day counts, as without the key.</summary>
    public static JsonNode? Node(BusinessCalendar calendar) =>
        calendar.Weekends ? null
        : calendar.Holidays.Count == 0 ? JsonValue.Create("weekends")
        : new JsonObject { [HolidaysName] = new JsonArray([.. calendar.Holidays.Select(date => JsonValue.Create(date.ToString(DateForm, CultureInfo.InvariantCulture)))]) };

    static BusinessCalendar? Holidays(JsonSection calendar)
    {
        if (calendar.Find(HolidaysName, JsonTokenType.StartArray, "dates such as [\"2024-03-29\"]", required: true) is not { } list)
        {
            return null;
        }

        List<DateOnly> dates = [];
        for (int i = 0; i < list.Items.Count; i++)
        {
            LocatedJson item = list.Items[i];
            if (item.Kind == JsonTokenType.String && DateOnly.TryParseExact(item.Text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            {
                dates.Add(date);
            }
            else
            {
                calendar.Refuse(item.Line, FormattableString.Invariant($"{HolidaysName}[{i}]"), item.Text, "a date such as \"2024-03-29\"");
            }
        }

        return BusinessCalendar.WeekdaysWithout(dates);
    }
}
