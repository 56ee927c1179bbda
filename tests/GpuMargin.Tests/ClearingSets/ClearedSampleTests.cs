using System.Globalization;
using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>samples/dow30-cleared derived again from samples/dow30 by plain loops.</summary>
public sealed class ClearedSampleTests
{
    /// <summary>Estimates are converged to about eight digits.</summary>
    const double FitTolerance = 1e-6;

    /// <summary>The files round to so many decimals.</summary>
    const double FourDecimals = 0.5e-4 + 1e-9, SixDecimals = 0.5e-6 + 1e-9;

    const string Before = "dow30-cleared/2000-12-29", After = "dow30-cleared/2001-01-02";

    static readonly string[] s_bothDays = [Before, After];

    readonly List<Dictionary<string, string>> history = Read("dow30/history.csv");

    List<string> Tickers => [.. history[0].Keys.Skip(1)];

    [Theory]
    [InlineData("factors.csv")]
    [InlineData("correlation.csv")]
    [InlineData("residuals.csv")]
    [InlineData("dividends.csv")]
    [InlineData("positions.csv")]
    [InlineData("run.json")]
    public void The_second_day_has_the_model_and_the_book_of_dow30(string file) =>
        Assert.Equal(File.ReadAllBytes(PathOf($"dow30/{file}")), File.ReadAllBytes(PathOf($"{After}/{file}")));

    [Theory]
    [InlineData("dividends.csv")]
    [InlineData("positions.csv")]
    [InlineData("accounts.csv")]
    [InlineData("collateral.csv")]
    [InlineData("policy.json")]
    [InlineData("stress.csv")]
    public void Nothing_but_the_market_differs_between_the_days(string file) =>
        Assert.Equal(File.ReadAllBytes(PathOf($"{Before}/{file}")), File.ReadAllBytes(PathOf($"{After}/{file}")));

    [Fact]
    public void The_first_days_model_is_what_calibrate_makes_of_the_history_up_to_it()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        string history = folder["history.csv"];
        File.WriteAllLines(history, File.ReadLines(PathOf("dow30/history.csv")).TakeWhile(line => !line.StartsWith("2001-", StringComparison.Ordinal)));
        Assert.Equal(0, GpuMarginProgram.Run(
            ["calibrate", history, "--out", folder["set"], "--volatility-factors", "--as-of", "2000-12-29T21:00:00Z", "--quiet"], new StringWriter(), new StringWriter()));
        foreach (string file in (string[])["factors.csv", "correlation.csv", "residuals.csv"])
        {
            foreach ((string expected, string found) in File.ReadLines(PathOf($"{Before}/{file}")).Zip(File.ReadLines(folder[$"set/{file}"])))
            {
                foreach ((string a, string b) in expected.Split(',').Zip(found.Split(',')))
                {
                    if (a != b)
                    {
                        Assert.Equal(double.Parse(a, CultureInfo.InvariantCulture), double.Parse(b, CultureInfo.InvariantCulture), FitTolerance * Math.Max(Math.Abs(double.Parse(a, CultureInfo.InvariantCulture)), 0.01));
                    }
                }
            }
        }
    }

    [Fact]
    public void Instruments_are_those_of_dow30_with_classes_and_the_days_implied_volatilities()
    {
        var known = Read("dow30/instruments.csv");
        foreach (string day in s_bothDays)
        {
            int[] tradingDays = day == Before ? [13, 52, 139] : [12, 51, 138];
            var factors = Read($"{day}/factors.csv").ToDictionary(row => row["factor"]);
            var rows = Read($"{day}/instruments.csv");
            Assert.Equal(known.Count, rows.Count);
            foreach ((var then, var row) in known.Zip(rows))
            {
                Assert.Equal(row["type"] == "option" ? "option" : "share", row["product_class"]);
                Assert.All(then.Keys.Where(key => key != "volatility" || day == After), key => Assert.Equal(then[key], row[key]));
                if (row["type"] == "option")
                {
                    var factor = factors[row["underlying"]];
                    int term = tradingDays[Array.IndexOf(["2001-01-20", "2001-03-17", "2001-07-21"], row["expiry"])];
                    double m = Math.Log(Number(row, "strike") / Number(factor, "level"));
                    Assert.Equal(Math.Sqrt(252 * MeanForecast(factor, term)) * (1 - 0.2 * m + 0.4 * m * m), Number(row, "volatility"), FourDecimals);
                }
            }
        }
    }

    [Fact]
    public void Spreads_are_half_a_sixteenth_and_impact_is_the_days_volatility()
    {
        foreach (string day in s_bothDays)
        {
            var factors = Read($"{day}/factors.csv").Take(30).ToList();
            var rows = Read($"{day}/liquidity.csv");
            Assert.Equal(factors.Select(row => row["factor"]), rows.Select(row => row["underlying"]));
            foreach ((var factor, var row) in factors.Zip(rows))
            {
                Assert.Equal(1 / 32.0 / Number(factor, "level"), Number(row, "half_spread"), SixDecimals);
                Assert.Equal(5e6, Number(row, "average_daily_volume"));
                Assert.Equal(Math.Sqrt(Number(factor, "variance")), Number(row, "impact"), FourDecimals);
            }
        }
    }

    [Fact]
    public void Stress_moves_are_the_worst_and_best_two_days_of_the_history_and_a_fall_of_a_fifth()
    {
        var residuals = Read("dow30/residuals.csv");
        var factors = Read("dow30/factors.csv").ToDictionary(row => row["factor"]);
        using var record = JsonDocument.Parse(File.ReadAllText(PathOf("dow30/calibration.json")));
        var means = record.RootElement.GetProperty("factors").EnumerateArray().ToDictionary(
            factor => factor.GetProperty("factor").GetString()!, factor => factor.GetProperty("fit").GetProperty("parameters").GetProperty("mean").GetDouble());
        var moves = Read($"{After}/stress.csv").GroupBy(row => row["scenario"]).ToDictionary(rows => rows.Key, rows => rows.ToDictionary(row => row["factor"], row => Number(row, "shock")));
        int[] byReturn = [.. Enumerable.Range(3, history.Count - 3).OrderBy(day => Tickers.Sum(ticker => Return(ticker, day)))];
        int[] worst = [.. byReturn.Take(3)]; // none within two days of another
        int[] days = [.. worst, byReturn[^1]];
        Assert.Equal(days.Select(day => history[day]["date"]).Append("stocks -20 %").Order(StringComparer.Ordinal), moves.Keys.Order(StringComparer.Ordinal));
        foreach (int day in days)
        {
            var move = moves[history[day]["date"]];
            Assert.Equal(60, move.Count);
            foreach (string ticker in Tickers)
            {
                Assert.Equal(Return(ticker, day), move[ticker], SixDecimals);
                var factor = factors[ticker + ".vol"];
                double deviation = Math.Sqrt(Number(factor, "variance"));
                double change = 2 * means[ticker + ".vol"] + deviation * (Number(residuals[day - 1], ticker + ".vol") + Number(residuals[day - 2], ticker + ".vol"));
                Assert.Equal(change, move[ticker + ".vol"], SixDecimals);
            }
        }

        foreach (string ticker in Tickers)
        {
            Assert.Equal((Math.Log(0.8), Math.Log(1.5)), (moves["stocks -20 %"][ticker], moves["stocks -20 %"][ticker + ".vol"]), Rounded);
        }

        double Return(string ticker, int day) => Math.Log(Number(history[day], ticker) / Number(history[day - 2], ticker));
        static bool Rounded((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) < SixDecimals && Math.Abs(a.Item2 - b.Item2) < SixDecimals;
    }

    [Fact]
    public void On_the_first_day_everybody_is_covered_and_on_the_second_five_are_called()
    {
        using var folder = new TemporaryFolder();
        var before = Margins(Before, folder["before"]);
        var after = Margins(After, folder["after"]);
        Assert.All(before, row => Assert.Equal(0, Number(row, "call")));
        Assert.Equal(
            ["CALENDARS-02", "CALENDARS-04", "COLLARS-01", "TAIL-HEDGE-02", "VERTICALS-02"],
            after.Where(row => Number(row, "call") > 0).Select(row => row["account"]).Order(StringComparer.Ordinal));
        Assert.All(after, row => Assert.Equal(
            decimal.Parse(row["call"], CultureInfo.InvariantCulture),
            Math.Max(0, decimal.Parse(row["requirement"], CultureInfo.InvariantCulture) - decimal.Parse(row["collateral"], CultureInfo.InvariantCulture))));
    }

    static List<Dictionary<string, string>> Margins(string day, string folder)
    {
        Assert.Equal(0, GpuMarginProgram.Run(["run", PathOf(day), "--out", folder, "--quiet"], new StringWriter(), new StringWriter()));
        return [.. Table(Path.Combine(folder, "margins.csv")).Where(row => row["requirement"].Length > 0)];
    }

    static double MeanForecast(Dictionary<string, string> factor, int days)
    {
        double next = Number(factor, "variance"), sum = 0;
        if (factor["process"] == "constant")
        {
            return next;
        }

        double omega = Number(factor, "omega"), persistence = Number(factor, "alpha") + (factor["gamma"].Length > 0 ? Number(factor, "gamma") / 2 : 0) + Number(factor, "beta");
        for (int day = 0; day < days; day++, next = omega + persistence * next)
        {
            sum += next;
        }

        return sum / days;
    }

    static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    static List<Dictionary<string, string>> Read(string file) => Table(PathOf(file));

    /// <summary>The sample's files hold no quotes and no commas inside fields.</summary>
    static List<Dictionary<string, string>> Table(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    static string PathOf(string file) => Path.Combine([Repository.Root, "samples", .. file.Split('/')]);
}
