namespace GpuMargin.ClearingSets;

/// <summary>The days on which factors move: a path's day k is the k-th of them after the valuation date.</summary>
/// <param name="Weekends">Whether Saturdays and Sundays are such days.</param>
/// <param name="Holidays">Other dates that are not.</param>
public sealed record BusinessCalendar(bool Weekends, IReadOnlySet<DateOnly> Holidays)
{
    /// <summary>Every day, as in a market that never closes.</summary>
    public static BusinessCalendar All { get; } = new(true, new HashSet<DateOnly>());

    /// <summary>Monday to Friday.</summary>
    public static BusinessCalendar Weekdays { get; } = new(false, new HashSet<DateOnly>());

    /// <summary>Monday to Friday without some dates.</summary>
    public static BusinessCalendar WeekdaysWithout(IEnumerable<DateOnly> holidays) => new(false, new HashSet<DateOnly>(holidays));

    public bool Counts(DateOnly date) => (Weekends || date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) && !Holidays.Contains(date);

    /// <summary>Calendar days from a date to each day of a path; element 0 is 0.</summary>
    internal int[] CalendarDays(DateOnly from, int days)
    {
        bool every = Weekends && Holidays.Count == 0;
        int[] passed = new int[days + 1];
        for (int day = 1; day <= days; day++)
        {
            passed[day] = passed[day - 1] + 1;
            while (!every && !Counts(from.AddDays(passed[day])))
            {
                passed[day]++;
            }
        }

        return passed;
    }

    public bool Equals(BusinessCalendar? other) => other is not null && Weekends == other.Weekends && Holidays.SetEquals(other.Holidays);

    public override int GetHashCode() => HashCode.Combine(Weekends, Holidays.Count);
}
