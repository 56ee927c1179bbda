using GpuMargin.ClearingSets;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

public sealed class BusinessCalendarTests
{
    static readonly DateOnly s_friday = new(2024, 3, 28);

    [Fact]
    public void Every_day_counts_without_a_calendar() => Assert.Equal([0, 1, 2, 3, 4], BusinessCalendar.All.CalendarDays(s_friday, 4));

    // Thursday 28 March; Easter weekend and Monday.
    [Fact]
    public void Weekends_and_holidays_are_passed_over()
    {
        Assert.Equal([0, 1, 4, 5, 6, 7, 8, 11], BusinessCalendar.Weekdays.CalendarDays(s_friday, 7));
        BusinessCalendar easter = BusinessCalendar.WeekdaysWithout([new DateOnly(2024, 3, 29), new DateOnly(2024, 4, 1), new DateOnly(2024, 3, 31)]);
        Assert.Equal([0, 5, 6, 7, 8, 11], easter.CalendarDays(s_friday, 5));
        Assert.Equal([0, 1, 2], BusinessCalendar.Weekdays.CalendarDays(new DateOnly(2024, 3, 31), 2)); // from a Sunday
        Assert.Equal([0], easter.CalendarDays(s_friday, 0));
    }

    [Theory]
    [InlineData("\"all\"")]
    [InlineData("\"weekends\"")]
    [InlineData("{ \"holidays\": [\"2001-01-15\", \"2001-01-03\"] }")]
    [InlineData("{ \"holidays\": [] }")]
    public void A_calendar_is_read_and_written(string value)
    {
        using SetFolder folder = new SetFolder().Replacing("run.json", "\"ageing\"", $"\"calendar\": {value}, \"ageing\"");
        BusinessCalendar read = ClearingSetFiles.Read(folder.Path).Settings.Calendar;
        Assert.Equal(value == "\"all\"", read.Weekends);
        Assert.Equal(value.Contains("01-15", StringComparison.Ordinal), read.Holidays.Contains(new DateOnly(2001, 1, 15)));
        using TemporaryFolder written = new();
        ClearingSetFiles.Write(ClearingSetFiles.Read(folder.Path), written["set"]);
        Assert.Equal(value != "\"all\"", File.ReadAllText(written["set/run.json"]).Contains("calendar", StringComparison.Ordinal));
        Assert.Equal(read, ClearingSetFiles.Read(written["set"]).Settings.Calendar);
    }
}
