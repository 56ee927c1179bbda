using System.Globalization;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using Xunit;

namespace GpuMargin.Tests.Calibration.History;

/// <summary>Rows that are no days are refused or made days, and the year's length is that of the market.</summary>
public sealed class HistorySpacingTests
{
    static readonly DateTimeOffset s_start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero); // a Monday

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(240)]
    [InlineData(720)]
    public void Several_rows_a_day_are_refused_with_the_option_that_makes_days_of_them(int minutes)
    {
        using HistoryFile file = new();
        string fault = Assert.Single(file.FaultsOf(Text(100, TimeSpan.FromMinutes(minutes))));
        Assert.StartsWith("history.csv:3: date: found ", fault, StringComparison.Ordinal);
        Assert.Contains("'--aggregate daily'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_hour_and_a_bit_is_an_hour()
    {
        using HistoryFile file = new();
        string fault = Assert.Single(file.FaultsOf(Text(100, TimeSpan.FromMinutes(61))));
        Assert.Contains("half by 1 hour or less", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(30)]
    public void Weeks_and_months_are_refused(int days)
    {
        using HistoryFile file = new();
        string fault = Assert.Single(file.FaultsOf(Text(100, TimeSpan.FromDays(days))));
        Assert.Contains(FormattableString.Invariant($"rows {days} days apart"), fault, StringComparison.Ordinal);
        Assert.Contains("one row per day", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void One_second_row_within_a_day_is_refused_with_its_line()
    {
        using HistoryFile file = new();
        string text = Text(60, TimeSpan.FromDays(1)) + "2024-02-29T06:00:00Z,101.5\n"; // the last row is of midnight
        Assert.StartsWith("history.csv:62: date: found 'a second row within a day'", Assert.Single(file.FaultsOf(text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Days_across_a_change_of_clocks_are_days()
    {
        using HistoryFile file = new();
        string[] rows = [.. Enumerable.Range(0, 40).Select(day => string.Create(
            CultureInfo.InvariantCulture, $"{s_start.AddDays(day).AddHours(day < 20 ? 21 : 20):yyyy-MM-dd'T'HH:mm:ss'Z'},{Price(day)}"))];
        Assert.Equal(39, file.ReadText("date,A\n" + string.Join('\n', rows) + "\n").Returns.GetLength(0));
    }

    [Fact]
    public void Aggregated_prices_are_the_last_of_each_day_and_returns_their_sum()
    {
        using HistoryFile file = new();
        HistoryOptions prices = new() { AggregateDaily = true };
        ReturnHistory hourly = file.ReadText(Text(24 * 30, TimeSpan.FromHours(1)), prices);
        Assert.Equal(29, hourly.Returns.GetLength(0));
        for (int day = 1; day < 30; day++)
        {
            Assert.Equal(Price(24 * day + 23), hourly.Levels![day - 1, 0]);
            Assert.Equal(s_start.AddDays(day).AddHours(23), hourly.Dates[day - 1]);
        }

        ReturnHistory sums = file.ReadText(Text(24 * 30, TimeSpan.FromHours(1), row => row % 7 - 3), prices with { Values = HistoryValues.Returns });
        Assert.Equal(Enumerable.Range(0, 24).Sum(row => row % 7 - 3), sums.Returns[0, 0]);
        Assert.Equal(Enumerable.Range(24, 24).Sum(row => row % 7 - 3), sums.Returns[1, 0]);
    }

    [Fact]
    public void Daily_rows_are_the_same_aggregated_or_not()
    {
        using HistoryFile file = new();
        Assert.Equal(file.Read().Returns, file.Read(new() { AggregateDaily = true }).Returns);
    }

    [Fact]
    public void A_market_that_never_closes_has_365_days()
    {
        using HistoryFile file = new();
        Assert.Equal(365, HistorySpacing.DaysPerYear(file.ReadText(Text(60, TimeSpan.FromDays(1))).Dates));
        Assert.Equal(252, HistorySpacing.DaysPerYear(file.Read().Dates));
        Assert.Equal(252, HistorySpacing.DaysPerYear([]));
        ReturnHistory always = file.ReadText(Text(200, TimeSpan.FromDays(1)));
        Assert.Equal(365, HistoryCalibration.Calibrate(always).DaysPerYear);
        Assert.Equal(260, HistoryCalibration.Calibrate(always, new() { DaysPerYear = 260 }).DaysPerYear);
    }

    static string Text(int rows, TimeSpan step, Func<int, double>? value = null) => "date,A\n" + string.Concat(Enumerable.Range(0, rows).Select(row => string.Create(
        CultureInfo.InvariantCulture, $"{s_start + row * step:yyyy-MM-dd'T'HH:mm:ss'Z'},{(value ?? Price)(row)}\n")));

    static double Price(int row) => 100 + row * 7919 % 13;
}
