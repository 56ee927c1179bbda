using GpuMargin.Backends;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.Studies;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Calibration;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class MarginRollTests
{
    const int Days = 300, First = 290, Last = 296;

    /// <summary>Tolerance of P&amp;L in units of a price of 100: values cancel that were each rounded a few times.</summary>
    const double RoundingOfValues = 1e-10;

    static readonly double[,] s_returns = SimulatedHistory.Returns(3, Days, seed: 11);

    static readonly HistorySet s_set = SyntheticHistory.Set(SyntheticHistory.History(s_returns));

    static readonly RollReport s_report = MarginRoll.Calculate(s_set, SyntheticHistory.Days(First, Last));

    [Fact]
    public void Tomorrows_prices_change_nothing_today()
    {
        double[,] other = (double[,])s_returns.Clone();
        for (int day = Last; day < Days; day++)
        {
            for (int factor = 0; factor < 3; factor++)
            {
                other[day, factor] *= -7;
            }
        }

        RollReport changed = MarginRoll.Calculate(SyntheticHistory.Set(SyntheticHistory.History(other)), SyntheticHistory.Days(First, Last));

        string[] before = Rows(s_report), after = Rows(changed);
        int unchanged = 1 + (Last - First) * 2; // header, days, two accounts
        Assert.Equal(before[..unchanged], after[..unchanged]);
        for (int row = unchanged; row < unchanged + 2; row++)
        {
            Assert.NotEqual(before[row], after[row]);
        }
    }

    [Fact]
    public void A_day_is_the_calibration_of_what_was_known_followed_by_a_run()
    {
        ReturnHistory history = s_set.History;
        double[,] known = new double[Last + 1, 3];
        Array.Copy(s_returns, known, known.Length);
        CalibrationResult calibration = HistoryCalibration.Calibrate(
            new ReturnHistory { Factors = history.Factors, Returns = known, LastLevels = [.. Enumerable.Range(0, 3).Select(f => history.Levels![Last, f])] },
            new CalibrationOptions { VolatilityFactors = true });
        ClearingSet set = new()
        {
            Settings = s_set.Settings with { Copula = calibration.Dependence.Copula },
            Factors = [.. calibration.Factors.Select(factor => factor.Factor)],
            Correlation = calibration.Dependence.Correlation,
            Instruments = [.. s_set.Instruments.Take(3)],
            Accounts = ["LONG"],
            Positions = new PositionTable([0, 0, 0], [0, 1, 2], [1, 1, 1]),
        };
        AccountMargin margin = MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0];
        RollPath path = s_report.Accounts[0];
        Assert.Equal(
            (margin.Value, margin.ValueAtRisk.Value, margin.ExpectedShortfall.Value, margin.Margin),
            (path.Value[^1], path.ValueAtRisk[^1], path.ExpectedShortfall[^1], path.Margin[^1]));
    }

    [Fact]
    public void The_last_day_of_the_sample_is_the_samples_own_run_for_an_account_without_options()
    {
        DateTimeOffset day = new(2001, 1, 2, 16, 0, 0, TimeSpan.Zero);
        HistorySet set = HistorySetReader.Read(Dow30.Folder);
        RollReport report = MarginRoll.Calculate(set, new RollOptions { From = day, To = day });
        MarginReport run = MarginCalculator.Calculate(Dow30.Read(Precision.Mixed), new CpuBackend());
        foreach (string name in (string[])["LONG-ONLY-05", "INDEX-LIKE-02", "MARKET-NEUTRAL-05", "PAIRS-04", "SHORT-ONLY-01"])
        {
            Assert.Equal(
                run.Accounts.Single(account => account.Account == name).Margin,
                report.Accounts.Single(path => path.Account == name).Margin[0]);
        }
    }

    [Fact]
    public void Threads_change_nothing()
    {
        RollOptions options = SyntheticHistory.Days(First, Last) with { VolatilityStep = 2 };
        RollReport one = MarginRoll.Calculate(s_set, options with { Threads = 1 }), three = MarginRoll.Calculate(s_set, options with { Threads = 3 });
        Assert.Equal(RollCsv.ToBytes(one), RollCsv.ToBytes(three));
        Assert.Equal(one.Step!.Paths, three.Step!.Paths);
    }

    [Fact]
    public void The_realised_profit_is_the_books_revaluation_at_the_end_of_the_period()
    {
        int horizon = s_set.Settings.HorizonDays;
        double[,] levels = s_set.History.Levels!;
        for (int day = 0; day < s_report.Days.Count; day++)
        {
            double pnl = s_report.Accounts[0].ProfitAndLoss[day];
            if (day < horizon)
            {
                Assert.True(double.IsNaN(pnl));
                continue;
            }

            double expected = Enumerable.Range(0, 3).Sum(factor => levels[First + day, factor] - levels[First + day - horizon, factor]);
            Assert.Equal(expected, pnl, RoundingOfValues);
        }
    }

    [Fact]
    public void A_sold_call_has_the_moneyness_and_the_forecast_volatility_of_its_day()
    {
        int horizon = s_set.Settings.HorizonDays;
        double[,] levels = s_set.History.Levels!;
        FactorCalibration begin = Calibrated(Last - horizon);
        double spot = levels[Last - horizon, 0];
        double strike = SyntheticHistory.StrikeOfCall * spot / 100;
        double volatility = Math.Sqrt(365 * begin.Volatility.Fit.Forecast(91).Average()); // the history has weekends;
        double value = Call(spot, volatility);
        double moved = Call(levels[Last, 0], volatility * Math.Exp(VolatilityProxy.Changes(Proxy(Last)).TakeLast(horizon).Sum()));

        Assert.Equal(-value, s_report.Accounts[1].Value[^(horizon + 1)], RoundingOfValues);
        Assert.Equal(value - moved, s_report.Accounts[1].ProfitAndLoss[^1], RoundingOfValues);

        double Call(double at, double sigma) => ReferenceOption.Value(
            OptionRight.Call, at, strike, SyntheticHistory.Rate, 0, SyntheticHistory.YearsOfCall, sigma);
    }

    [Fact]
    public void What_expires_within_the_period_settles_at_the_price_of_its_day()
    {
        HistorySet set = s_set with
        {
            Settings = s_set.Settings with { HorizonDays = 3, Ageing = Ageing.Horizon },
            Instruments = [.. s_set.Instruments.Take(3), s_set.Instruments[3] with { Strike = 90, YearsToExpiry = 2 / 365.0 }],
        };
        RollReport report = MarginRoll.Calculate(set, SyntheticHistory.Days(First, Last));
        double[,] levels = set.History.Levels!;
        double strike = 0.9 * levels[Last - 3, 0];
        Assert.Equal(-report.Accounts[1].Value[^4] - Math.Max(0, levels[Last - 1, 0] - strike), report.Accounts[1].ProfitAndLoss[^1], RoundingOfValues);
        Assert.Equal(Enumerable.Range(0, 3).Sum(factor => levels[Last, factor] - levels[Last - 3, factor]), report.Accounts[0].ProfitAndLoss[^1], RoundingOfValues);
    }

    [Fact]
    public void The_total_is_the_sum_of_the_accounts()
    {
        for (int day = 0; day < s_report.Days.Count; day++)
        {
            foreach (RollOption option in RollOptionWord.All)
            {
                Assert.Equal(
                    s_report.Accounts[0].Requirement(option)[day] + s_report.Accounts[1].Requirement(option)[day], s_report.Total.Requirement(option)[day]);
            }
        }
    }

    [Fact]
    public void A_window_limits_what_a_day_is_calibrated_to()
    {
        RollOptions options = SyntheticHistory.Days(Last, Last) with { Window = 100 };
        RollReport windowed = MarginRoll.Calculate(s_set, options);
        double[,] other = (double[,])s_returns.Clone();
        for (int day = 0; day <= Last - 100; day++)
        {
            other[day, 0] *= 3;
        }

        HistorySet changed = s_set with { History = s_set.History with { Returns = other } };
        Assert.Equal(windowed.Accounts[0].Margin, MarginRoll.Calculate(changed, options).Accounts[0].Margin);
        Assert.NotEqual(windowed.Accounts[0].Margin[0], s_report.Accounts[0].Margin[^1]);
    }

    [Fact]
    public void A_dated_book_has_no_margin_before_it_is_there()
    {
        DateTimeOffset later = SyntheticHistory.Date(Last - 1);
        HistorySet set = s_set with { Book = s_set.Book with { From = [later, later, later, SyntheticHistory.Date(0)] } };
        RollReport report = MarginRoll.Calculate(set, SyntheticHistory.Days(First, Last));
        Assert.All(report.Accounts[0].Margin[..^2], margin => Assert.Equal(0, margin));
        Assert.Equal(s_report.Accounts[0].Margin[^2..], report.Accounts[0].Margin[^2..]);
        Assert.Equal(s_report.Accounts[1].Margin, report.Accounts[1].Margin);
        Assert.Equal(0, report.Accounts[0].ProfitAndLoss[^1]); // the book at the beginning of the period
    }

    public static TheoryData<int, int, string, string> Ranges => new()
    {
        { 400, 410, "From", "a day of history.csv, 2000-01-02 to 2000-10-27" },
        { -20, -10, "To", "a day of history.csv, 2000-01-02 to 2000-10-27" },
        { 290, 280, "To", "a day that is not before settings.From" },
        { 5, 10, "From", "a day on which 20 returns are known: 2000-01-21 or later" },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_range_without_days_is_refused(int first, int last, string option, string expected)
    {
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => MarginRoll.Calculate(s_set, SyntheticHistory.Days(first, last))).Faults);
        Assert.Equal(option, fault.Column);
        Assert.StartsWith(expected, fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_between_two_days_is_refused()
    {
        RollOptions options = new() { From = SyntheticHistory.Date(100).AddHours(1), To = SyntheticHistory.Date(100).AddHours(2) };
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => MarginRoll.Calculate(s_set, options)).Faults);
        Assert.Contains("the next is 2000-04-12", fault.Expected, StringComparison.Ordinal);
    }

    static GpuMargin.Calibration.Volatility.VolatilityFit Proxy(int day) => HistoryCalibration.Calibrate(
        KnownHistory.Until(s_set.History, day), new CalibrationOptions { VolatilityFactors = true }).Factors[3].ProxyFit!;

    static FactorCalibration Calibrated(int day) => HistoryCalibration.Calibrate(KnownHistory.Until(s_set.History, day)).Factors[0];

    static string[] Rows(RollReport report) => System.Text.Encoding.UTF8.GetString(RollCsv.ToBytes(report)).Split('\n');
}
