using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Studies;
using GpuMargin.Tests.Backtesting;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Calibration.History;

public sealed class HistoryDividendsTests : IDisposable
{
    const double Rounding = 1e-15;

    readonly TemporaryFolder folder = new();

    public HistoryDividendsTests()
    {
        HistoryFiles.WriteTo(folder.Path);
        Write("underlying,ex_date,amount", $"AAA,{HistoryFiles.Date(0)},9", $"AAA,{HistoryFiles.Date(7)},2", $"BBB,{HistoryFiles.Date(50)},0.5", $"AAA,{HistoryFiles.Date(130)},3");
    }

    public void Dispose() => folder.Dispose();

    string Dividends => folder["dividends.csv"];

    [Fact]
    public void A_return_over_an_ex_date_is_total()
    {
        ReturnHistory history = HistoryReader.Read(folder["history.csv"]), total = HistoryDividends.AddBack(history, Dividends);

        Assert.Equal(Math.Log((HistoryFiles.Price(7, 0) + 2) / HistoryFiles.Price(6, 0)), total.Returns[6, 0], Rounding);
        Assert.Equal(Math.Log((HistoryFiles.Price(50, 1) + 0.5) / HistoryFiles.Price(49, 1)), total.Returns[49, 1], Rounding);
        for (int day = 0; day < HistoryFiles.Days - 1; day++)
        {
            Assert.True(day == 6 || total.Returns[day, 0] == history.Returns[day, 0]);
            Assert.True(day == 49 || total.Returns[day, 1] == history.Returns[day, 1]);
        }
    }

    [Fact]
    public void Drops_that_are_not_added_back_are_told()
    {
        IReadOnlyList<Fault> told = HistoryDividends.NotAddedBack(HistoryReader.Read(folder["history.csv"]), Dividends);

        Assert.Equal([3, 4], told.Select(fault => fault.Line!.Value));
        Assert.Contains($"dividends.csv:3: ex_date: found '{HistoryFiles.Date(7)}', expected the option --dividends", told[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(HistoryDividends.NotAddedBack(HistoryReader.Read(folder["history.csv"]), folder["none.csv"]));
    }

    [Fact]
    public void The_command_adds_back_or_warns()
    {
        string[] calibrate = ["calibrate", folder["history.csv"], "--out", folder["set"]];
        Directory.CreateDirectory(folder["set"]);
        File.Copy(Dividends, folder["set/dividends.csv"]);

        Assert.Contains("expected the option --dividends", Invocation.Of([.. calibrate]).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--dividends", Invocation.Of([.. calibrate, "--dividends", Dividends]).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("underlying,ex_date,amount\nCCC,2000-02-01,1\n", "dividends.csv:2: underlying: found 'CCC', expected a price column of history.csv")]
    [InlineData("underlying,ex_date,amount,currency\nAAA,2000-02-01,1,EUR\n", "dividends.csv:2: currency: found 'EUR', expected an empty cell: the amount is in the unit of the prices of history.csv")]
    [InlineData("underlying,ex_date,amount\nAAA,2000-02-01,-1\n", "dividends.csv:2: amount: found '-1', expected a number of at least 0")]
    public void Faulty_dividends_are_refused(string text, string expected)
    {
        File.WriteAllText(Dividends, text);
        ReturnHistory history = HistoryReader.Read(folder["history.csv"]);

        Assert.Equal(expected, Assert.Single(Assert.Throws<RefusedInputException>(() => HistoryDividends.AddBack(history, Dividends)).Faults).ToString());
    }

    [Fact]
    public void A_roll_has_total_returns_and_keeps_the_dividends_share_of_the_price()
    {
        HistorySet set = HistorySetReader.Read(folder.Path);
        double[] levels = [.. set.ReferenceLevels.Select(level => 2 * level)];
        Instrument rolled = RolledInstruments.On(set, levels, new double[set.Instruments.Count])[0];

        Assert.Equal(Math.Log((HistoryFiles.Price(7, 0) + 2) / HistoryFiles.Price(6, 0)), set.History.Returns[6, 0], Rounding);
        Assert.Equal([new CashDividend(30 / 365.0, 3)], set.Instruments[0].Dividends);
        Assert.Equal([new CashDividend(30 / 365.0, 6)], rolled.Dividends);
    }

    void Write(params string[] lines) => File.WriteAllLines(Dividends, lines);
}
