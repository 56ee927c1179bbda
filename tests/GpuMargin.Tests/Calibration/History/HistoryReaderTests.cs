using GpuMargin.Calibration.History;
using Xunit;

namespace GpuMargin.Tests.Calibration.History;

public sealed class HistoryReaderTests
{
    /// <summary>The reader's logarithm of a quotient against the test's difference of logarithms.</summary>
    const double Rounding = 1e-15;

    [Fact]
    public void Prices_become_log_returns_by_day_and_factor()
    {
        using HistoryFile file = new();

        ReturnHistory history = file.Read();

        Assert.Equal(["A", "B"], history.Factors);
        Assert.Equal(HistoryFile.Days - 1, history.Returns.GetLength(0));
        Assert.Equal(history.Returns.GetLength(0), history.Dates.Count);
        Assert.Equal(new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero), history.Dates[0]);
        for (int day = 1; day < HistoryFile.Days; day++)
        {
            for (int factor = 0; factor < 2; factor++)
            {
                Assert.Equal(Math.Log(HistoryFile.Price(factor, day)) - Math.Log(HistoryFile.Price(factor, day - 1)), history.Returns[day - 1, factor], Rounding);
            }
        }

        Assert.Equal([HistoryFile.Price(0, 39), HistoryFile.Price(1, 39)], history.LastLevels);
        Assert.Empty(history.Warnings);
        Assert.Equal(HistoryFile.Name, history.Input.Name);
        Assert.Equal(64, history.Input.Sha256.Length);
    }

    [Fact]
    public void Returns_are_taken_as_they_are_without_dates_and_from_one_column()
    {
        using HistoryFile file = new();
        double[] returns = [.. Enumerable.Range(0, 30).Select(day => Math.Round(0.01 * (day * 7 % 5 - 2.5), 4))];

        ReturnHistory history = file.ReadText("A\n" + string.Join('\n', returns.Select(r => FormattableString.Invariant($"{r}"))), new() { Values = HistoryValues.Returns });

        Assert.Equal(returns, Enumerable.Range(0, 30).Select(day => history.Returns[day, 0]));
        Assert.Empty(history.Dates);
        Assert.Equal([double.NaN], history.LastLevels);
    }

    [Fact]
    public void The_window_keeps_the_last_returns_and_does_not_look_further_back()
    {
        using HistoryFile file = new();
        file.WithCell(5, 1, "").WithCell(6, 2, "-1");

        ReturnHistory history = file.Read(new() { Window = 25 });

        Assert.Equal(25, history.Returns.GetLength(0));
        Assert.Equal(Math.Log(HistoryFile.Price(0, 39)) - Math.Log(HistoryFile.Price(0, 38)), history.Returns[24, 0], Rounding);
        Assert.Empty(history.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("nan")]
    [InlineData("null")]
    public void A_missing_value_is_refused_by_default(string cell)
    {
        using HistoryFile file = new();

        string fault = Assert.Single(file.WithCell(7, 2, cell).Faults());

        Assert.StartsWith("history.csv:7: B: expected a value (there is none", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropping_leaves_the_day_out_for_all_factors()
    {
        using HistoryFile file = new();

        ReturnHistory history = file.WithCell(7, 2, "").Read(new() { Missing = MissingPolicy.Drop });

        Assert.Equal(HistoryFile.Days - 2, history.Returns.GetLength(0));
        Assert.Equal(Math.Log(HistoryFile.Price(0, 6)) - Math.Log(HistoryFile.Price(0, 4)), history.Returns[4, 0], Rounding);
        Assert.Equal(1, history.DaysDropped);
        Assert.Equal("history.csv:7: B: expected a value (the day is left out)", Assert.Single(history.Warnings).ToString());
    }

    [Fact]
    public void Filling_forward_carries_the_last_price_and_leaves_out_what_has_none_before()
    {
        using HistoryFile file = new();

        ReturnHistory history = file.WithCell(2, 1, "").WithCell(7, 2, "").WithCell(8, 2, "").Read(new() { Missing = MissingPolicy.ForwardFill });

        Assert.Equal(HistoryFile.Days - 2, history.Returns.GetLength(0));
        Assert.Equal(0, history.Returns[3, 1]);
        Assert.Equal(0, history.Returns[4, 1]);
        Assert.Equal(Math.Log(HistoryFile.Price(1, 7)) - Math.Log(HistoryFile.Price(1, 4)), history.Returns[5, 1], Rounding);
        Assert.Equal((1, 2), (history.DaysDropped, history.ValuesFilled));
        Assert.Equal(3, history.Warnings.Count);
        Assert.Equal("history.csv:8: B: expected a value (filled forward)", history.Warnings[2].ToString());
    }

    [Fact]
    public void A_missing_return_is_filled_with_zero()
    {
        using HistoryFile file = new();
        string rows = string.Concat(Enumerable.Range(0, 30).Select(day => day == 12 ? "0.02,\n" : FormattableString.Invariant($"{0.01 * (day % 3 - 1)},{0.01 * (day % 4 - 1)}\n")));

        ReturnHistory history = file.ReadText("A,B\n" + rows, new() { Values = HistoryValues.Returns, Missing = MissingPolicy.ForwardFill });

        Assert.Equal(0, history.Returns[12, 1]);
        Assert.Equal(0.02, history.Returns[12, 0]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3.5")]
    public void A_price_that_is_not_positive_is_refused(string cell)
    {
        using HistoryFile file = new();

        Assert.Equal(
            $"history.csv:9: A: found '{cell}', expected a price greater than 0 (a price of any sign, such as a spread, is read with '--additive A')",
            Assert.Single(file.WithCell(9, 1, cell).Faults(new() { Missing = MissingPolicy.Drop })));
    }

    [Fact]
    public void What_is_no_number_is_refused_whatever_the_policy()
    {
        using HistoryFile file = new();

        string fault = Assert.Single(file.WithCell(9, 1, "12%").Faults(new() { Missing = MissingPolicy.ForwardFill }));

        Assert.StartsWith("history.csv:9: A: found '12%', expected a finite number", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_that_repeat_or_go_back_are_refused()
    {
        using HistoryFile file = new();

        string[] faults = file.WithCell(5, 0, "2001-01-03").WithCell(9, 0, "2001-01-05").Faults();

        Assert.Equal("history.csv:5: date: found '2001-01-03', expected each date once (line 4 has 2001-01-03)", faults[0]);
        Assert.Equal("history.csv:9: date: found '2001-01-05', expected dates that increase from row to row (line 8 has 2001-01-09)", faults[1]);
        Assert.Equal(2, faults.Length);
    }

    [Fact]
    public void A_date_that_is_none_is_refused()
    {
        using HistoryFile file = new();

        Assert.StartsWith("history.csv:5: date: found '3.1.2001', expected an ISO date", Assert.Single(file.WithCell(5, 0, "3.1.2001").Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_run_is_named_with_its_length()
    {
        using HistoryFile file = new();
        for (int line = 10; line <= 20; line++)
        {
            file.WithCell(line, 1, "101.5");
        }

        Assert.Equal(
            "history.csv:20: A: found '101.5', expected a change within 10 days (unchanged for 10 days, from line 10)",
            Assert.Single(file.Read().Warnings).ToString());
        Assert.Empty(file.Read(new() { StaleDays = 11 }).Warnings);
    }

    [Fact]
    public void A_jump_is_named_up_and_down()
    {
        using HistoryFile file = new();
        file.WithCell(15, 1, "1000");

        string[] warnings = [.. file.Read().Warnings.Select(warning => warning.ToString())];

        Assert.Equal(2, warnings.Length);
        Assert.Equal("history.csv:15: A: found '1000', expected a change below 50% in one day (line 14 has 104: a split, or a wrong digit?)", warnings[0]);
        Assert.StartsWith("history.csv:16: A:", warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_return_is_named()
    {
        using HistoryFile file = new();
        string rows = string.Concat(Enumerable.Range(0, 30).Select(day => day == 3 ? "-2.5\n" : FormattableString.Invariant($"{0.01 * (day % 3)}\n")));

        string warning = Assert.Single(file.ReadText("A\n" + rows, new() { Values = HistoryValues.Returns }).Warnings).ToString();

        Assert.Equal("history.csv:5: A: found '-2.5', expected a return below 0.5 in size", warning);
    }

    [Fact]
    public void Returns_in_percent_are_suspected_once()
    {
        using HistoryFile file = new();
        string rows = string.Concat(Enumerable.Range(0, 30).Select(day => FormattableString.Invariant($"{day % 3 - 1}\n")));

        string warning = Assert.Single(file.ReadText("A\n" + rows, new() { Values = HistoryValues.Returns }).Warnings).ToString();

        Assert.StartsWith("history.csv:1: A: found '20 returns of size 0.5 or more', expected fractions", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "history.csv:1: expected a header row (the file is empty)")]
    [InlineData("date\n2001-01-02\n", "history.csv:1: found 'date', expected a column for at least one factor beside the dates")]
    [InlineData("date,A\n2001-01-02,1\n2001-01-03,2\n", "history.csv: found '2 days', expected at least 21 days (20 returns)")]
    [InlineData("A,B\n", "history.csv: found '0 days', expected at least 21 days (20 returns)")]
    [InlineData("A;B\n1;2\n", "history.csv:1: found 'A;B', expected columns separated by commas (and '.' as decimal point)")]
    [InlineData("A,A\n1,2\n", "history.csv:1: A: found 'A', expected each column once")]
    [InlineData(",A\n1,2\n", "history.csv:1: found '', expected a name (it is empty) in column 1; the column of the days is called 'date'")]
    [InlineData("A,,B\n1,2,3\n", "history.csv:1: found '', expected a name (it is empty) in column 2; the column of the days is called 'date'")]
    [InlineData("Datetime,A\n2001-01-02 16:00:00,1\n2001-01-03 16:00:00,2\n", "history.csv:1: found 'Datetime', expected 'date' as the name of the column of the days (line 2 has '2001-01-02 16:00:00')")]
    [InlineData("A,time\n1,2001-01-02\n", "history.csv:1: found 'time', expected 'date' as the name of the column of the days (line 2 has '2001-01-02')")]
    [InlineData("# prices of the close\ndate,A\n2001-01-02,1\n", "history.csv:1: found '# prices of the close', expected a header row (CSV files have no comments)")]
    [InlineData("A,scenario\n1,2\n", "history.csv:1: found 'scenario', expected another name: 'scenario' heads a column of its own in files of scenarios")]
    [InlineData("A,weight\n1,2\n", "history.csv:1: found 'weight', expected another name: 'weight' heads a column of its own in files of scenarios")]
    [InlineData("A\n1\n2,3\n", "history.csv:3: found '2 values', expected 1 value, one for each column of the header (a decimal comma, or a comma in a name without quotes?)")]
    [InlineData("A,B\n1,2\n3\n", "history.csv:3: found '1 value', expected 2 values, one for each column of the header")]
    public void A_file_that_is_no_history_is_refused_with_its_reason(string text, string fault)
    {
        using HistoryFile file = new();

        Assert.Equal(fault, Assert.Single(file.FaultsOf(text)));
    }

    [Theory]
    [InlineData(MissingPolicy.Refuse)]
    [InlineData(MissingPolicy.Drop)]
    [InlineData(MissingPolicy.ForwardFill)]
    public void A_column_without_any_value_is_refused_whatever_the_policy(MissingPolicy missing)
    {
        using HistoryFile file = new();
        for (int line = 2; line <= HistoryFile.Days + 1; line++)
        {
            file.WithCell(line, 2, "");
        }

        Assert.Equal("history.csv:1: B: found 'no value in any row', expected a factor with values", Assert.Single(file.Faults(new() { Missing = missing })));
    }

    [Fact]
    public void Too_few_complete_days_are_refused()
    {
        using HistoryFile file = new();
        for (int line = 2; line <= 30; line++)
        {
            file.WithCell(line, 2, "");
        }

        Assert.Equal(
            "history.csv: found '11 days with a value for every factor', expected at least 21 days (20 returns)",
            Assert.Single(file.Faults(new() { Missing = MissingPolicy.Drop })));
    }

    [Fact]
    public void A_constant_price_and_a_constant_return_are_refused()
    {
        using HistoryFile file = new();
        for (int line = 2; line <= HistoryFile.Days + 1; line++)
        {
            file.WithCell(line, 1, "7");
        }

        Assert.Equal("history.csv:1: A: found 'the return 0 on every day', expected a factor that varies", Assert.Single(file.Faults()));
    }

    [Fact]
    public void A_missing_file_is_refused()
    {
        using HistoryFile file = new();

        Assert.Equal(
            "nowhere.csv: expected a price or return history (the file is missing)",
            Assert.Single(Assert.Throws<GpuMargin.ClearingSets.RefusedInputException>(() => HistoryReader.Read(file.FullName.Replace("history.csv", "nowhere.csv", StringComparison.Ordinal))).Faults).ToString());
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using HistoryFile file = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(new() { Window = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(new() { StaleDays = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(new() { LargestJump = 0 }));
    }
}
