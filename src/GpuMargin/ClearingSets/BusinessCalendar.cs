namespace GpuMargin.ClearingSets;

/// <summary>The days on which factors move: day k of a path is the k-th of them after the valuation date.</summary>
public sealed class BusinessCalendar : IEquatable<BusinessCalendar>
{
    BusinessCalendar(bool weekends, params IEnumerable<DateOnly> holidays)
    {
        Weekends = weekends;
        Holidays = new SortedSet<DateOnly>(holidays);
    }

    /// <summary>Every day, as in a market that never closes.</summary>
    public static BusinessCalendar All { get; } = new(true);

    /// <summary>Monday to Friday.</summary>
    public static BusinessCalendar Weekdays { get; } = new(false);

    /// <summary>Monday to Friday without some dates.</summary>
    public static BusinessCalendar WeekdaysWithout(IEnumerable<DateOnly> holidays) => new(false, holidays);

    /// <summary>Whether Saturdays and Sundays count.</summary>
    public bool Weekends { get; }

    /// <summary>Dates that do not count, ascending.</summary>
    public IReadOnlySet<DateOnly> Holidays { get; }

    /// <summary>Whether factors move on a date.</summary>
    public bool Counts(DateOnly date) =>
        Weekends || (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains(date));

    /// <summary>Calendar days from a date to each day of a path; element 0 is 0.</summary>
    internal int[] CalendarDays(DateOnly from, int days)
    {
        int[] passed = new int[days + 1];
        for (int day = 1; day <= days; day++)
        {
            passed[day] = passed[day - 1] + 1;
            while (!Weekends && !Counts(from.AddDays(passed[day])))
            {
                passed[day]++;
            }
        }

        return passed;
    }

    public bool Equals(BusinessCalendar? other) => other is not null && Weekends == other.Weekends && Holidays.SetEquals(other.Holidays);

    public override bool Equals(object? obj) => Equals(obj as BusinessCalendar);

    public override int GetHashCode() => HashCode.Combine(Weekends, Holidays.Count);
}
