using GpuMargin.Files;

namespace GpuMargin.Calibration.History;

/// <summary>How far the rows of a history lie apart. The models are of days: a variance of hours or weeks would be called one of days.</summary>
static class HistorySpacing
{
    /// <summary>Trading days of a market that closes at weekends.</summary>
    public const double BusinessDays = 252;

    /// <summary>Days of a market that never closes.</summary>
    public const double CalendarDays = 365;

    /// <summary>Rows nearer than this belong to one day; two closes lie 23 hours apart where clocks change.</summary>
    static readonly TimeSpan s_shortestDay = TimeSpan.FromHours(20);

    /// <summary>Three days span a weekend, four one with a holiday.</summary>
    static readonly TimeSpan s_longestDays = TimeSpan.FromDays(4.5);

    /// <summary>Share of gaps below <see cref="s_shortestDay"/> that may be a second row by mistake.</summary>
    const double LargestShareOfGaps = 0.05;

    /// <summary>365 where at least every tenth day is a Saturday or Sunday (two of seven are), else 252; without dates 252.</summary>
    public static double DaysPerYear(IReadOnlyList<DateTimeOffset> dates)
    {
        int weekend = dates.Count(date => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return weekend * 10 >= dates.Count && weekend > 0 ? CalendarDays : BusinessDays;
    }

    /// <summary>A fault where rows are no days.</summary>
    public static void RowsAreDays(HistoryRows history, FaultList faults)
    {
        List<TimeSpan> gaps = [];
        int firstShort = -1;
        for (int row = 1; row < history.Rows.Count; row++)
        {
            if (history.Rows[row - 1].Date is { } before && history.Rows[row].Date is { } date)
            {
                gaps.Add(date - before);
                firstShort = firstShort < 0 && gaps[^1] < s_shortestDay ? row : firstShort;
            }
        }

        if (gaps.Count == 0)
        {
            return;
        }

        int close = gaps.Count(gap => gap < s_shortestDay);
        TimeSpan median = gaps.Order().ElementAt(gaps.Count / 2);
        if (close > LargestShareOfGaps * gaps.Count)
        {
            faults.Add(history.File, history.Rows[firstShort].Line, "date", FormattableString.Invariant($"{close} of {gaps.Count} rows within a day of the one before, half by {Text(median)} or less"), "one row per day; '--aggregate daily' keeps the last price of each day (of returns the sum)");
        }
        else if (close > 0)
        {
            faults.Add(history.File, history.Rows[firstShort].Line, "date", "a second row within a day", "one row per day; '--aggregate daily' keeps the last price of each day (of returns the sum)");
        }
        else if (median > s_longestDays)
        {
            faults.Add(history.File, history.HeaderLine, "date", FormattableString.Invariant($"rows {Text(median)} apart"), "one row per day: margins are for days, and the variance of a day is not known from longer steps");
        }
    }

    static string Text(TimeSpan gap) => gap < TimeSpan.FromHours(1) ? Count(gap.TotalMinutes, "minute")
        : gap < TimeSpan.FromDays(1) ? Count(gap.TotalHours, "hour")
        : Count(gap.TotalDays, "day");

    static string Count(double number, string unit) => FormattableString.Invariant($"{number:0.#}") is "1" ? $"1 {unit}" : FormattableString.Invariant($"{number:0.#} {unit}s");
}
