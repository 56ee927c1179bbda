using System.Globalization;
using System.Numerics;
using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Tests.Cli;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>samples/dow30 recomputed from its own history.csv by plain loops.</summary>
public sealed class Dow30SampleTests
{
    /// <summary>Parameters are written in full; the recursion multiplies their rounding by about 1 / (1 − beta).</summary>
    const double RecursionTolerance = 1e-10;

    /// <summary>Rounding of the sine.</summary>
    const double CorrelationTolerance = 1e-14;

    /// <summary>Implied volatilities are rounded to four decimals; the last term is for a tie that falls the other way.</summary>
    const double ImpliedVolatilityTolerance = 0.5e-4 + 1e-12;

    /// <summary>Sums of 2,528 terms in another order, and the recursion's rounding.</summary>
    const double MomentTolerance = 1e-9;

    /// <summary>Estimates are converged to about eight digits.</summary>
    const double FitTolerance = 1e-6;

    /// <summary>Its GARCH and GJR fits have a persistence of one and are no better than an EWMA.</summary>
    static readonly string[] s_movingAverages = ["HWP"];

    static readonly int[] s_tradingDaysToExpiry = [12, 51, 138];

    readonly List<Dictionary<string, string>> factors = Read("factors.csv");
    readonly List<Dictionary<string, string>> instruments = Read("instruments.csv");
    readonly List<Dictionary<string, string>> history = Read("history.csv");
    readonly List<Dictionary<string, string>> residuals = Read("residuals.csv");
    readonly Model[] models = Models(factor => factor.GetProperty("fit"));
    readonly Model[] proxies = Models(factor => factor.TryGetProperty("volatilitySource", out JsonElement source) ? source.GetProperty("model") : default);

    List<string> Tickers => [.. factors.Where(row => row["kind"] == "price").Select(row => row["factor"])];

    [Fact]
    public void Factors_are_the_thirty_stocks_in_file_order_and_then_one_volatility_each()
    {
        Assert.Equal(history[0].Keys.Skip(1), Tickers);
        Assert.Equal(Tickers.Select(ticker => ticker + ".vol"), factors.Skip(30).Select(row => row["factor"]));
        Assert.All(factors.Skip(30), row => Assert.Equal("volatility", row["kind"]));
        Assert.All(factors.Skip(30), row => Assert.Equal(1, Number(row, "level")));
    }

    [Fact]
    public void Levels_are_the_last_closes()
    {
        Assert.Equal("2001-01-02", history[^1]["date"]);
        foreach (var row in factors.Take(30))
        {
            Assert.Equal(Number(history[^1], row["factor"]), Number(row, "level"));
        }
    }

    [Fact]
    public void The_recursion_over_the_history_ends_at_the_variance_of_the_first_day()
    {
        for (int k = 0; k < 30; k++)
        {
            Assert.Equal(1, Filter(Tickers[k], models[k]).Variances[^1] / Number(factors[k], "variance"), RecursionTolerance);
        }
    }

    [Fact]
    public void Means_are_zero_and_the_estimates_stay_in_the_record()
    {
        Assert.All(factors, row => Assert.Equal(0, Number(row, "mean")));
        Assert.All(models.Take(30), model => Assert.NotEqual(0, model.Mean));
    }

    [Fact]
    public void Every_factor_has_a_long_run_variance() => Assert.All(factors, row => Assert.True(Number(row, "long_run_variance") > 0));

    [Fact]
    public void Every_process_is_stationary_and_the_moving_averages_enter_as_constants()
    {
        Assert.Equal(s_movingAverages, factors.Take(30).Where(row => row["process"] == "constant").Select(row => row["factor"]));
        foreach (var row in factors.Take(30).Where(row => row["process"] != "constant"))
        {
            Assert.InRange(Number(row, "alpha") + (row["gamma"].Length > 0 ? Number(row, "gamma") / 2 : 0) + Number(row, "beta"), 0.5, 0.99991);
            Assert.True(Number(row, "omega") > 0);
            Assert.True(Number(row, "nu") > 2);
        }
    }

    [Fact]
    public void Volatility_factors_have_the_changes_of_the_forecast_volatility()
    {
        for (int k = 0; k < 30; k++)
        {
            var row = factors[30 + k];
            Assert.Equal("empirical", row["marginal"]);
            double[] changes = VolatilityChanges(k);
            double mean = changes.Average();
            double variance = changes.Sum(change => (change - mean) * (change - mean)) / changes.Length;
            Assert.Equal(mean, models[30 + k].Mean, MomentTolerance * Math.Sqrt(variance));
            Assert.Equal(1, variance / Number(row, "variance"), MomentTolerance);
            for (int day = 0; day < changes.Length; day++)
            {
                Assert.Equal((changes[day] - mean) / Math.Sqrt(variance), Number(residuals[day], row["factor"]), 1e3 * MomentTolerance);
            }
        }
    }

    [Fact]
    public void Correlation_is_the_sine_of_Kendalls_tau_and_positive_definite()
    {
        var rows = Read("correlation.csv");
        string[] names = [.. factors.Select(row => row["factor"])];
        Assert.Equal(names, rows.Select(row => row["factor"]));
        Assert.Equal(["factor", .. names], rows[0].Keys);
        var matrix = Matrix<double>.Build.Dense(60, 60, (i, j) => Number(rows[i], names[j]));

        List<double[]> series = [.. Enumerable.Range(0, 30).Select(k => Filter(Tickers[k], models[k]).Residuals), .. Enumerable.Range(0, 30).Select(VolatilityChanges)];
        ulong[][] orders = [.. series.Select(PairOrders)];
        double pairs = 0.5 * series[0].Length * (series[0].Length - 1);

        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(1, matrix[i, i]);
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(matrix[i, j], matrix[j, i]);
                long discordant = 0;
                for (int word = 0; word < orders[i].Length; word++)
                {
                    discordant += BitOperations.PopCount(orders[i][word] ^ orders[j][word]);
                }

                double tau = 1 - 2 * discordant / pairs;
                Assert.Equal(Math.Sin(Math.PI / 2 * tau), matrix[i, j], CorrelationTolerance);
            }
        }
        Assert.True(matrix.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real) > 0.1);
    }

    [Fact]
    public void The_model_is_what_calibrate_makes_of_the_history()
    {
        using var folder = new TemporaryFolder();
        var standardOutput = new StringWriter();
        var standardError = new StringWriter();
        Assert.Equal(0, GpuMarginProgram.Run(
            ["calibrate", PathOf("history.csv"), "--out", folder.Path, "--volatility-factors", "--as-of", "2001-01-02T21:00:00Z", "--quiet"],
            standardOutput, standardError));
        foreach (string file in (string[])["factors.csv", "correlation.csv", "residuals.csv"])
        {
            RequireSameTable(File.ReadAllLines(PathOf(file)), File.ReadAllLines(Path.Combine(folder.Path, file)));
        }

        Assert.Equal(Copula(PathOf("run.json")), Copula(Path.Combine(folder.Path, "run.json")), FitTolerance);
    }

    /// <summary>Text alike, numbers within what the C library's exp and log may differ by from platform to platform, after an optimiser.</summary>
    static void RequireSameTable(string[] expected, string[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        foreach ((string[] first, string[] second) in expected.Zip(found, (a, b) => (a.Split(','), b.Split(','))))
        {
            Assert.Equal(first.Length, second.Length);
            foreach ((string a, string b) in first.Zip(second))
            {
                if (a != b)
                {
                    double x = double.Parse(a, CultureInfo.InvariantCulture), y = double.Parse(b, CultureInfo.InvariantCulture);
                    Assert.Equal(x, y, FitTolerance * Math.Max(Math.Abs(x), 0.01));
                }
            }
        }
    }

    static double Copula(string path)
    {
        using var run = JsonDocument.Parse(File.ReadAllText(path));
        return run.RootElement.GetProperty("copula").GetProperty("nu").GetDouble();
    }

    [Fact]
    public void Options_are_American_and_no_instrument_has_a_yield()
    {
        Assert.All(instruments, row => Assert.Equal(row["type"] == "option" ? "american" : "", row["exercise"]));
        Assert.DoesNotContain("dividend_yield", instruments[0].Keys);
    }

    [Fact]
    public void Dividends_are_a_quarter_of_one_and_a_half_per_cent_on_dates_of_three_cycles()
    {
        string[][] cycles = [["2001-01-10", "2001-04-11", "2001-07-11"], ["2001-02-07", "2001-05-09"], ["2001-03-07", "2001-06-06"]];
        var expected = Enumerable.Range(0, 30).Where(k => Tickers[k] != "MSFT")
            .SelectMany(k => cycles[k % 3].Select(date => (Tickers[k], date, Math.Round((decimal)Number(factors[k], "level") * 0.015m / 4, 2))));
        Assert.Equal(expected, Read("dividends.csv").Select(row => (row["underlying"], row["ex_date"], decimal.Parse(row["amount"], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Every_stock_has_a_spot_instrument_and_thirty_options_around_its_price()
    {
        Assert.Equal(30 * 31, instruments.Count);
        Assert.Equal(instruments.Count, instruments.DistinctBy(row => row["instrument"]).Count());
        for (int k = 0; k < 30; k++)
        {
            string ticker = Tickers[k];
            var own = instruments.Skip(31 * k).Take(31).ToList();
            Assert.All(own, row => Assert.Equal(ticker, row["underlying"]));
            Assert.Equal((ticker, "spot"), (own[0]["instrument"], own[0]["type"]));
            Assert.All(own.Skip(1), row => Assert.Equal(("option", ticker + ".vol"), (row["type"], row["volatility_factor"])));
            Assert.Equal(30, own.Skip(1).DistinctBy(row => (row["strike"], row["expiry"], row["right"])).Count());
            // Half a step of the strike grid, which is at most 5 on 50 USD, off 80 % and 120 %.
            Assert.All(own.Skip(1), row => Assert.InRange(Number(row, "strike") / Number(factors[k], "level"), 0.75, 1.25));
        }
    }

    [Fact]
    public void Implied_volatilities_are_the_mean_forecast_over_the_term_times_the_smile()
    {
        string[] expiries = [.. instruments.Skip(1).Take(30).Select(row => row["expiry"]).Distinct()];
        Assert.Equal(["2001-01-20", "2001-03-17", "2001-07-21"], expiries);
        foreach (var row in instruments.Where(row => row["type"] == "option"))
        {
            var factor = factors[Tickers.IndexOf(row["underlying"])];
            int days = s_tradingDaysToExpiry[Array.IndexOf(expiries, row["expiry"])];
            double m = Math.Log(Number(row, "strike") / Number(factor, "level"));
            double expected = Math.Sqrt(252 * MeanForecast(factor, Number(factor, "variance"), days)) * (1 - 0.2 * m + 0.4 * m * m);
            Assert.Equal(expected, Number(row, "volatility"), ImpliedVolatilityTolerance);
        }
    }

    [Fact]
    public void Sixty_accounts_hold_whole_contracts_and_one_is_empty()
    {
        var positions = Read("positions.csv");
        var names = instruments.Select(row => row["instrument"]).ToHashSet();
        Assert.All(positions, row => Assert.Contains(row["instrument"], names));
        Assert.All(positions, row => Assert.True(double.IsInteger(Number(row, "quantity"))));
        Assert.Equal(positions.Count, positions.DistinctBy(row => (row["account"], row["instrument"])).Count());
        var accounts = positions.GroupBy(row => row["account"]).ToList();
        Assert.Equal(60, accounts.Count);
        Assert.Equal(["EMPTY"], accounts.Where(rows => rows.All(row => Number(row, "quantity") == 0)).Select(rows => rows.Key));
        Assert.Single(positions, row => Number(row, "quantity") == 0);
    }

    [Fact]
    public void Run_settings_are_those_of_the_README()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(PathOf("run.json")));
        var run = document.RootElement;
        Assert.Equal(new DateTimeOffset(2001, 1, 2, 21, 0, 0, TimeSpan.Zero), run.GetProperty("asOf").GetDateTimeOffset());
        Assert.Equal(2, run.GetProperty("horizonDays").GetInt32());
        Assert.Equal(0.99m, run.GetProperty("confidence").GetDecimal());
        Assert.Equal("student-t", run.GetProperty("copula").GetProperty("family").GetString());
    }

    /// <summary>Residuals divided by their volatility, and the variances from the first day to the day after the last.</summary>
    (double[] Residuals, double[] Variances) Filter(string ticker, Model model)
    {
        double[] closes = [.. history.Select(row => Number(row, ticker))];
        double[] e = new double[closes.Length - 1];
        for (int t = 0; t < e.Length; t++)
        {
            e[t] = Math.Log(closes[t + 1]) - Math.Log(closes[t]) - model.Mean;
        }

        double[] h = new double[e.Length + 1];
        double start = e.Sum(residual => residual * residual) / e.Length;
        h[0] = model.Omega + model.Persistence * start; // the day before had the mean squared residual as variance and as square
        for (int t = 0; t < e.Length; t++)
        {
            h[t + 1] = model.Omega + (model.Alpha + (e[t] < 0 ? model.Gamma : 0)) * e[t] * e[t] + model.Beta * h[t];
        }

        return ([.. e.Select((residual, t) => residual / Math.Sqrt(h[t]))], h);
    }

    /// <summary>Changes of the model that stands in for implied volatilities, a GJR where it can be one.</summary>
    double[] VolatilityChanges(int stock)
    {
        Model model = proxies[stock];
        double[] variances = Filter(Tickers[stock], model).Variances;
        double[] changes = new double[variances.Length - 1];
        for (int t = 0; t < changes.Length; t++)
        {
            changes[t] = 0.5 * Math.Log(model.MeanForecast(variances[t + 1], 21) / model.MeanForecast(variances[t], 21));
        }

        return changes;
    }

    static double MeanForecast(Dictionary<string, string> factor, double next, int days)
    {
        double gamma = factor["gamma"].Length > 0 ? Number(factor, "gamma") : 0;
        return factor["process"] == "constant"
            ? next
            : new Model(0, Number(factor, "omega"), Number(factor, "alpha"), gamma, Number(factor, "beta"), Reverts: true).MeanForecast(next, days);
    }

    /// <summary>Estimates of calibration.json.</summary>
    /// <param name="Reverts">Whether the variance has a long-run level; an EWMA has none.</param>
    sealed record Model(double Mean, double Omega, double Alpha, double Gamma, double Beta, bool Reverts)
    {
        public double Persistence => Alpha + Gamma / 2 + Beta;

        public static Model Of(JsonElement fit)
        {
            JsonElement parameters = fit.GetProperty("parameters");
            return new(
                Parameter("mean"), Parameter("omega"), Parameter("alpha"), Parameter("gamma"), Parameter("beta"), fit.GetProperty("model").GetString() is "garch" or "gjr");
            double Parameter(string name) => parameters.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : 0;
        }

        public double MeanForecast(double next, int days)
        {
            double sum = 0;
            for (int day = 0; day < days; day++, next = Reverts ? Omega + Persistence * next : next)
            {
                sum += next;
            }

            return sum / days;
        }
    }

    static Model[] Models(Func<JsonElement, JsonElement> fit)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(PathOf("calibration.json")));
        return [.. record.RootElement.GetProperty("factors").EnumerateArray().Select(factor => fit(factor)).Where(found => found.ValueKind == JsonValueKind.Object).Select(Model.Of)];
    }

    /// <summary>One bit per pair s &lt; t of the series: whether it rises from s to t.</summary>
    static ulong[] PairOrders(double[] series)
    {
        Assert.Equal(series.Length, series.Distinct().Count());
        ulong[] bits = new ulong[(series.Length * (series.Length - 1) / 2 + 63) / 64];
        int pair = 0;
        for (int s = 0; s < series.Length; s++)
        {
            for (int t = s + 1; t < series.Length; t++, pair++)
            {
                if (series[t] > series[s])
                {
                    bits[pair >> 6] |= 1ul << (pair & 63);
                }
            }
        }

        return bits;
    }

    static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    /// <summary>The sample's files hold no quotes and no commas inside fields.</summary>
    static List<Dictionary<string, string>> Read(string file)
    {
        string[] lines = File.ReadAllLines(PathOf(file));
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GpuMargin.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "samples", "dow30", file);
    }
}
