using System.Globalization;
using System.Numerics;
using System.Text.Json;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>samples/dow30 recomputed from its own history.csv by plain loops.</summary>
public sealed class Dow30SampleTests
{
    /// <summary>The published parameters carry ten significant digits; the recursion multiplies that by about 1 / (1 − beta).</summary>
    const double RecursionTolerance = 1e-8;

    /// <summary>Entries are rounded to ten decimals; the last term is the sine's rounding.</summary>
    const double CorrelationTolerance = 0.5e-10 + 1e-14;

    /// <summary>Implied volatilities are rounded to four decimals; the last term is for a tie that falls the other way.</summary>
    const double ImpliedVolatilityTolerance = 0.5e-4 + 1e-12;

    /// <summary>Written with twelve significant digits.</summary>
    const double WrittenDigitsTolerance = 1e-11;

    /// <summary>Persistence was lowered to below one; the forecast stays the published one.</summary>
    static readonly string[] s_loweredPersistence = ["HWP", "IP"];

    static readonly int[] s_tradingDaysToExpiry = [12, 51, 138];

    readonly List<Dictionary<string, string>> _factors = Read("factors.csv");
    readonly List<Dictionary<string, string>> _instruments = Read("instruments.csv");
    readonly List<Dictionary<string, string>> _history = Read("history.csv");

    List<string> Tickers => [.. _factors.Where(row => row["kind"] == "price").Select(row => row["factor"])];

    [Fact]
    public void Factors_are_the_thirty_stocks_in_file_order_and_then_one_volatility_each()
    {
        Assert.Equal(_history[0].Keys.Skip(1), Tickers);
        Assert.Equal(Tickers.Select(ticker => ticker + ".vol"), _factors.Skip(30).Select(row => row["factor"]));
        Assert.All(_factors.Skip(30), row => Assert.Equal("volatility", row["kind"]));
        Assert.All(_factors.Skip(30), row => Assert.Equal(1, Number(row, "level")));
    }

    [Fact]
    public void Levels_are_the_last_closes()
    {
        Assert.Equal("2001-01-02", _history[^1]["date"]);
        foreach (var row in _factors.Take(30))
            Assert.Equal(Number(_history[^1], row["factor"]), Number(row, "level"));
    }

    [Fact]
    public void The_recursion_over_the_history_ends_at_the_published_forecast_except_where_persistence_was_lowered()
    {
        List<string> differing = [];
        foreach (var row in _factors.Take(30))
        {
            double forecast = Filter(row).Variances[^1];
            double published = Number(row, "variance");
            if (Math.Abs(forecast / published - 1) > RecursionTolerance)
                differing.Add(row["factor"]);
            // The README states 3.9 % and 3.4 %.
            Assert.InRange(forecast / published, 0.96, 1 + RecursionTolerance);
        }
        Assert.Equal(s_loweredPersistence, differing);
    }

    [Fact]
    public void Every_process_is_stationary()
    {
        foreach (var row in _factors.Take(30))
        {
            Assert.InRange(Number(row, "alpha") + Number(row, "beta"), 0.5, 0.9999 + 1e-12);
            Assert.True(Number(row, "omega") > 0);
            Assert.True(Number(row, "nu") > 2);
        }
    }

    [Fact]
    public void Volatility_factors_have_the_mean_squared_change_of_the_forecast_volatility_but_at_least_the_floor()
    {
        for (int k = 0; k < 30; k++)
        {
            double[] changes = VolatilityChanges(_factors[k], Filter(_factors[k]).Variances);
            double expected = Math.Max(0.0004, changes.Sum(change => change * change) / changes.Length);
            Assert.InRange(Number(_factors[30 + k], "variance") / expected, 1 - WrittenDigitsTolerance, 1 + WrittenDigitsTolerance);
        }
    }

    [Fact]
    public void Correlation_is_the_sine_of_Kendalls_tau_and_positive_definite()
    {
        var rows = Read("correlation.csv");
        string[] names = [.. _factors.Select(row => row["factor"])];
        Assert.Equal(names, rows.Select(row => row["factor"]));
        Assert.Equal(["factor", .. names], rows[0].Keys);
        var matrix = Matrix<double>.Build.Dense(60, 60, (i, j) => Number(rows[i], names[j]));

        // Dependence leaves out the first return: the first two rows of the history are equal.
        List<double[]> series = [];
        foreach (var row in _factors.Take(30))
            series.Add([.. Filter(row).Residuals.Skip(1)]);
        foreach (var row in _factors.Take(30))
            series.Add([.. VolatilityChanges(row, Filter(row).Variances).Skip(1)]);
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
                    discordant += BitOperations.PopCount(orders[i][word] ^ orders[j][word]);
                double tau = 1 - 2 * discordant / pairs;
                Assert.Equal(Math.Sin(Math.PI / 2 * tau), matrix[i, j], CorrelationTolerance);
            }
        }
        // The README states 0.414.
        Assert.Equal(0.414, matrix.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real), 0.0005);
    }

    [Fact]
    public void The_copulas_degrees_of_freedom_maximise_the_pseudo_likelihood_of_the_stocks()
    {
        using var run = JsonDocument.Parse(File.ReadAllText(PathOf("run.json")));
        double nu = run.RootElement.GetProperty("copula").GetProperty("nu").GetDouble();
        var rows = Read("correlation.csv");
        var factor = Matrix<double>.Build.Dense(30, 30, (i, j) => Number(rows[i], Tickers[j])).Cholesky().Factor;
        int[][] ranks = [.. _factors.Take(30).Select(row => Ranks([.. Filter(row).Residuals.Skip(1)]))];

        double atStated = PseudoLogLikelihood(nu, factor, ranks);
        // A tenth on either side: twenty times the rounding of ν, and a drop that is far above the sum's rounding.
        Assert.True(atStated > PseudoLogLikelihood(nu - 0.1, factor, ranks));
        Assert.True(atStated > PseudoLogLikelihood(nu + 0.1, factor, ranks));
    }

    [Fact]
    public void Every_stock_has_a_spot_instrument_and_thirty_options_around_its_price()
    {
        Assert.Equal(30 * 31, _instruments.Count);
        Assert.Equal(_instruments.Count, _instruments.DistinctBy(row => row["instrument"]).Count());
        for (int k = 0; k < 30; k++)
        {
            string ticker = Tickers[k];
            var own = _instruments.Skip(31 * k).Take(31).ToList();
            Assert.All(own, row => Assert.Equal(ticker, row["underlying"]));
            Assert.Equal((ticker, "spot"), (own[0]["instrument"], own[0]["type"]));
            Assert.All(own.Skip(1), row => Assert.Equal(("option", ticker + ".vol"), (row["type"], row["volatility_factor"])));
            Assert.Equal(30, own.Skip(1).DistinctBy(row => (row["strike"], row["expiry"], row["right"])).Count());
            // Half a step of the strike grid, which is at most 5 on 50 USD, off 80 % and 120 %.
            Assert.All(own.Skip(1), row => Assert.InRange(Number(row, "strike") / Number(_factors[k], "level"), 0.75, 1.25));
        }
    }

    [Fact]
    public void Implied_volatilities_are_the_mean_forecast_over_the_term_times_the_smile()
    {
        string[] expiries = [.. _instruments.Skip(1).Take(30).Select(row => row["expiry"]).Distinct()];
        Assert.Equal(["2001-01-20", "2001-03-17", "2001-07-21"], expiries);
        foreach (var row in _instruments.Where(row => row["type"] == "option"))
        {
            var factor = _factors[Tickers.IndexOf(row["underlying"])];
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
        var names = _instruments.Select(row => row["instrument"]).ToHashSet();
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
    (double[] Residuals, double[] Variances) Filter(Dictionary<string, string> factor)
    {
        double[] closes = [.. _history.Select(row => Number(row, factor["factor"]))];
        double[] e = new double[closes.Length - 1];
        for (int t = 0; t < e.Length; t++)
            e[t] = Math.Log(closes[t + 1]) - Math.Log(closes[t]) - Number(factor, "mean");
        double[] h = new double[e.Length + 1];
        h[0] = e.Sum(residual => residual * residual) / e.Length;
        for (int t = 0; t < e.Length; t++)
            h[t + 1] = Number(factor, "omega") + Number(factor, "alpha") * e[t] * e[t] + Number(factor, "beta") * h[t];
        return ([.. e.Select((residual, t) => residual / Math.Sqrt(h[t]))], h);
    }

    static double[] VolatilityChanges(Dictionary<string, string> factor, double[] variances)
    {
        double[] changes = new double[variances.Length - 1];
        for (int t = 0; t < changes.Length; t++)
            changes[t] = 0.5 * Math.Log(MeanForecast(factor, variances[t + 1], 21) / MeanForecast(factor, variances[t], 21));
        return changes;
    }

    static double MeanForecast(Dictionary<string, string> factor, double next, int days)
    {
        double omega = Number(factor, "omega"), persistence = Number(factor, "alpha") + Number(factor, "beta"), sum = 0;
        for (int day = 0; day < days; day++, next = omega + persistence * next)
            sum += next;
        return sum / days;
    }

    /// <summary>Log-density of the Student t copula at ranks / (n + 1), summed over the days.</summary>
    static double PseudoLogLikelihood(double nu, Matrix<double> choleskyFactor, int[][] ranks)
    {
        int days = ranks[0].Length, dimensions = ranks.Length;
        double[] quantile = [.. Enumerable.Range(0, days + 1).Select(rank => rank == 0 ? 0 : StudentT.InvCDF(0, 1, nu, rank / (days + 1.0)))];
        double constant = SpecialFunctions.GammaLn((nu + dimensions) / 2) + (dimensions - 1) * SpecialFunctions.GammaLn(nu / 2)
            - dimensions * SpecialFunctions.GammaLn((nu + 1) / 2) - choleskyFactor.Diagonal().Sum(Math.Log);
        double sum = 0;
        double[] white = new double[dimensions];
        for (int day = 0; day < days; day++)
        {
            double square = 0, margins = 0;
            for (int i = 0; i < dimensions; i++)
            {
                double x = quantile[ranks[i][day]];
                margins += (nu + 1) / 2 * Math.Log(1 + x * x / nu);
                white[i] = x;
                for (int j = 0; j < i; j++)
                    white[i] -= choleskyFactor[i, j] * white[j];
                white[i] /= choleskyFactor[i, i];
                square += white[i] * white[i];
            }
            sum += constant + margins - (nu + dimensions) / 2 * Math.Log(1 + square / nu);
        }
        return sum;
    }

    static int[] Ranks(double[] series)
    {
        int[] ranks = new int[series.Length];
        foreach (var (day, rank) in Enumerable.Range(0, series.Length).OrderBy(day => series[day]).Select((day, index) => (day, index + 1)))
            ranks[day] = rank;
        return ranks;
    }

    /// <summary>One bit per pair s &lt; t of the series: whether it rises from s to t.</summary>
    static ulong[] PairOrders(double[] series)
    {
        Assert.Equal(series.Length, series.Distinct().Count());
        ulong[] bits = new ulong[(series.Length * (series.Length - 1) / 2 + 63) / 64];
        int pair = 0;
        for (int s = 0; s < series.Length; s++)
            for (int t = s + 1; t < series.Length; t++, pair++)
                if (series[t] > series[s])
                    bits[pair >> 6] |= 1ul << (pair & 63);
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
            folder = folder.Parent;
        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "samples", "dow30", file);
    }
}
