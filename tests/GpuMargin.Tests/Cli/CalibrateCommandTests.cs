using System.Globalization;
using System.Text.Json;
using GpuMargin.Backends;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Cli;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Calibration;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class CalibrateCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Set => folder["set"];

    static string Dow => Path.Combine(Dow30.Folder, "history.csv");

    Invocation Calibrate(string history, params string[] options) => Invocation.Of(["calibrate", history, "--out", Set, .. options]);

    [Fact]
    public void The_Dow_history_becomes_a_set_that_is_read_and_run_once_it_has_instruments_and_positions()
    {
        Invocation calibrated = Calibrate(Dow);
        Assert.Equal(ExitCode.Done, calibrated.Code);
        Assert.Equal(
            ["calibration.json", "correlation.csv", "factors.csv", "run.json"],
            Directory.GetFiles(Set).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

        AddPositions(["AA", "HWP", "XOM"]);
        ClearingSet set = ClearingSetFiles.Read(Set);
        CalibrationResult result = HistoryCalibration.Calibrate(HistoryReader.Read(Dow));
        Assert.Equal(result.Factors.Select(factor => factor.Factor), set.Factors, (wanted, found) => (wanted with { Residuals = found.Residuals }) == found);
        Assert.Equal(result.Dependence.Correlation, set.Correlation);
        Assert.Equal(result.Dependence.Copula, set.Settings.Copula);
        Assert.Equal(new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero), set.Settings.AsOf);
        Assert.Equal("USD", set.Settings.Currency);
        Assert.Equal(31.88, set.Factors[0].Level); // the last price of AA in the file

        Assert.Equal(ExitCode.Done, Invocation.Of("run", Set, "--quiet").Code);
    }

    [Fact]
    public void A_fallback_shows_in_the_table_the_warnings_and_the_document()
    {
        Invocation calibrated = Calibrate(Dow);
        string row = calibrated.Output.Split('\n').Single(line => line.Contains("| HWP ", StringComparison.Ordinal));
        Assert.Contains("ewma", row, StringComparison.Ordinal);
        Assert.Contains("garch: on a bound", row, StringComparison.Ordinal);
        Assert.Contains("warning: HWP: GARCH sits on a bound", calibrated.Error, StringComparison.Ordinal);

        JsonElement factor = Document().GetProperty("factors").EnumerateArray().Single(factor => factor.GetProperty("factor").GetString() == "HWP");
        Assert.True(factor.GetProperty("fallback").GetBoolean());
        Assert.Equal("constant", factor.GetProperty("process").GetString());
        Assert.Equal("ewma", factor.GetProperty("fit").GetProperty("model").GetString());
        Assert.Equal(["garch", "garch", "constant", "ewma", "gjr"], factor.GetProperty("candidates").EnumerateArray().Select(fit => fit.GetProperty("model").GetString()).Take(5));
        Assert.Equal("on-bound", factor.GetProperty("candidates")[0].GetProperty("status").GetString());
        Assert.StartsWith("smallest BIC of ", factor.GetProperty("choice").GetString());
        Assert.Equal(2, factor.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void The_table_fits_a_terminal_of_eighty_columns_with_every_number_on_its_line()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Done, GpuMarginProgram.Run(["calibrate", Dow, "--out", Set], new Terminal(output, error, 80, false)));

        string[] table = [.. output.ToString().Split('\n').TakeWhile(line => !line.StartsWith("copula:", StringComparison.Ordinal))];
        Assert.All(table, line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.All(
            table.Where(line => line.Length > 0 && char.IsUpper(line[0])),
            line => Assert.InRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, 7, int.MaxValue)); // name, model and at least five numbers
        Assert.Equal(30, table.Count(line => line.Length > 0 && char.IsUpper(line[0])));
    }

    [Fact]
    public void The_document_has_estimates_errors_diagnostics_and_the_hashes_of_the_files()
    {
        Invocation calibrated = Calibrate(Dow, "--json", "--startup", "unconditional", "--correlation", "dcc", "--window", "1000");
        using JsonDocument printed = JsonDocument.Parse(calibrated.Output);
        JsonElement document = Document();
        Assert.True(JsonElement.DeepEquals(document, printed.RootElement.GetProperty("calibration")));
        Assert.Equal("unconditional", document.GetProperty("options").GetProperty("startUp").GetString());
        Assert.Equal("dcc", document.GetProperty("options").GetProperty("correlation").GetString());
        Assert.False(document.GetProperty("options").GetProperty("volatilityFactors").GetBoolean());
        Assert.Equal(1000, document.GetProperty("history").GetProperty("returns").GetInt32());
        JsonElement fit = document.GetProperty("factors")[0].GetProperty("fit");
        foreach (string errors in (string[])["standardErrors", "robustStandardErrors"])
        {
            foreach (string parameter in (string[])["mean", "omega", "alpha", "beta", "nu"])
            {
                Assert.InRange(fit.GetProperty(errors).GetProperty(parameter).GetDouble(), double.Epsilon, double.MaxValue);
            }
        }

        foreach (string test in (string[])["ljungBox", "ljungBoxSquared", "archLm", "uniformity"])
        {
            Assert.InRange(document.GetProperty("factors")[0].GetProperty("diagnostics").GetProperty(test).GetProperty("pValue").GetDouble(), 0, 1);
        }

        Assert.InRange(document.GetProperty("dependence").GetProperty("dynamic").GetProperty("b").GetDouble(), 0, 1);
        Assert.Equal(["factors.csv", "correlation.csv", "run.json"], document.GetProperty("outputs").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        foreach (JsonElement file in document.GetProperty("outputs").EnumerateArray())
        {
            Assert.Equal(
                Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Set, file.GetProperty("name").GetString()!)))),
                file.GetProperty("sha256").GetString());
        }
    }

    [Fact]
    public void The_same_history_gives_the_same_bytes()
    {
        Calibrate(Dow, "--quiet", "--window", "500");
        var first = folder.Snapshot();
        Calibrate(Dow, "--quiet", "--window", "500");
        Assert.Equal(first, folder.Snapshot());
    }

    [Fact]
    public void Instruments_positions_and_the_runs_own_settings_stay()
    {
        SmallSet.WriteTo(Set);
        byte[] instruments = File.ReadAllBytes(Path.Combine(Set, "instruments.csv")), positions = File.ReadAllBytes(Path.Combine(Set, "positions.csv"));
        string history = WriteHistory("ALFA,BETA,VOL", SimulatedPrices(3, 300));

        Assert.Equal(ExitCode.Done, Calibrate(history, "--as-of", "2000-12-29", "--currency", "EUR").Code);

        Assert.Equal(instruments, File.ReadAllBytes(Path.Combine(Set, "instruments.csv")));
        Assert.Equal(positions, File.ReadAllBytes(Path.Combine(Set, "positions.csv")));
        using JsonDocument run = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Set, "run.json")));
        Assert.Equal((1000, 7, "double"), (run.RootElement.GetProperty("scenarios").GetInt32(), run.RootElement.GetProperty("seed").GetInt32(), run.RootElement.GetProperty("precision").GetString()));
        Assert.Equal(("2000-12-29T16:00:00Z", "EUR"), (run.RootElement.GetProperty("asOf").GetString(), run.RootElement.GetProperty("currency").GetString()));
    }

    [Fact]
    public void Files_of_an_earlier_model_that_the_new_one_does_not_have_go_away()
    {
        string three = WriteHistory("A,B,C", SimulatedPrices(3, 300));
        Assert.Equal(ExitCode.Done, Calibrate(three, "--as-of", "2001-01-02", "--marginal", "empirical", "--tails", "gpd").Code);
        Assert.True(File.Exists(Path.Combine(Set, "residuals.csv")));
        AddPositions(["A"]);
        Assert.All(ClearingSetFiles.Read(Set).Factors, factor => Assert.Equal(10_000, factor.Residuals.Count));

        string one = WriteHistory("A", SimulatedPrices(1, 300));
        Assert.Equal(ExitCode.Done, Calibrate(one, "--as-of", "2001-01-02").Code);
        Assert.Equal(
            ["calibration.json", "factors.csv", "instruments.csv", "positions.csv", "run.json"],
            Directory.GetFiles(Set).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Single(ClearingSetFiles.Read(Set).Factors);
    }

    public static TheoryData<string, string, string[], string[]> Refusals => new()
    {
        { "a constant series", "A,B", ["101,50", "102,50", "103,50"], ["B", "a factor that varies"] },
        { "all-zero returns", "A,B", ["0,0.01", "0,-0.01"], ["A", "a factor that varies"] },
        { "two observations", "A", ["1"], ["2 days", "at least 21 days"] },
        { "a column without a value", "A,B", ["101,", "102,", "103,"], ["B", "no value in any row"] },
        { "a missing value", "A,B", ["101,50", "102,", "103,51"], ["B", "history.csv:3: B: expected a value"] },
        { "a price of zero", "A,B", ["101,50", "102,0", "103,51"], ["B", "a price greater than 0"] },
        { "the name that heads correlation.csv", "A,factor", ["101,50", "102,52", "103,51", "101,55"], ["factor", "another name"] },
        { "days out of order", "date,A", ["2001-01-03,5", "2001-01-02,6"], ["2001-01-02", "dates that increase"] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_calibrated_is_refused_with_its_place_and_nothing_is_written(string what, string header, string[] rows, string[] told)
    {
        int copies = what == "two observations" ? 2 : 30;
        string[] filled = header.StartsWith("date", StringComparison.Ordinal) ? rows : [.. Enumerable.Range(0, copies).Select(i => rows[i % rows.Length])];
        string history = WriteHistory(header, filled);
        var before = folder.Snapshot();

        Invocation refused = Calibrate(history, ["--as-of", "2001-01-02", .. what == "all-zero returns" ? (string[])["--returns"] : []]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.All(told, text => Assert.Contains(text, refused.Error, StringComparison.Ordinal));
        Assert.StartsWith("history.csv", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void Perfectly_correlated_factors_become_a_set_with_correlation_one()
    {
        string[] prices = SimulatedPrices(2, 300);
        string history = WriteHistory("A,TWICE,B", [.. prices.Select(row =>
        {
            string[] cells = row.Split(',');
            return FormattableString.Invariant($"{cells[0]},{2 * double.Parse(cells[0], CultureInfo.InvariantCulture):R},{cells[1]}");
        })]);

        Assert.Equal(ExitCode.Done, Calibrate(history, "--as-of", "2001-01-02").Code);

        AddPositions(["A", "TWICE"]);
        ClearingSet set = ClearingSetFiles.Read(Set);
        Assert.Equal(1, set.Correlation[0, 1]);
        Assert.Equal(set.Correlation[0, 2], set.Correlation[1, 2]);
        double[,] shocks = Visited.Scenarios(new CpuBackend(), MarginCalculator.Plan(set));
        const double MixedPrecision = 1e-4; // of shocks of some per cent, drawn in single precision
        for (int scenario = 0; scenario < shocks.GetLength(0); scenario++)
        {
            Assert.InRange(shocks[scenario, 0] - shocks[scenario, 1], -MixedPrecision, MixedPrecision);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_thousand_factors_and_three_hundred_days_become_a_shrunk_matrix_that_is_read()
    {
        string history = WriteHistory(string.Join(',', Enumerable.Range(0, 1000).Select(i => $"F{i}")), SimulatedPrices(1000, 300));

        Invocation calibrated = Calibrate(history, "--as-of", "2001-01-02");

        Assert.Equal(ExitCode.Done, calibrated.Code);
        Assert.Contains("shrunk towards the mean correlation", calibrated.Error, StringComparison.Ordinal);
        Assert.Contains("more warnings in", calibrated.Error, StringComparison.Ordinal);
        Assert.Contains("and 960 more", calibrated.Output, StringComparison.Ordinal);
        AddPositions(["F0"]);
        ClearingSet set = ClearingSetFiles.Read(Set);
        Assert.Equal(1000, set.Factors.Count);
        double mean = Enumerable.Range(1, 999).Average(i => set.Correlation[0, i]);
        Assert.InRange(mean, 0.2, 0.5); // drawn with 0.36
    }

    [Theory]
    [InlineData("drop", 298)]
    [InlineData("forward-fill", 299)]
    public void A_gap_is_closed_as_asked_and_said(string policy, int returns)
    {
        string[] prices = SimulatedPrices(2, 300);
        prices[100] = prices[100].Split(',')[0] + ",";
        string history = WriteHistory("A,B", prices);

        Invocation calibrated = Calibrate(history, "--as-of", "2001-01-02", "--missing", policy);

        Assert.Equal(ExitCode.Done, calibrated.Code);
        Assert.Contains("history.csv:102: B:", calibrated.Error, StringComparison.Ordinal);
        Assert.Equal(returns, Document().GetProperty("history").GetProperty("returns").GetInt32());
    }

    [Fact]
    public void Command_lines_that_make_no_sense_are_refused()
    {
        string history = WriteHistory("A,B", SimulatedPrices(2, 100));
        Refused(["--as-of"], Calibrate(history));
        Refused(["--as-of", "yesterday"], Calibrate(history, "--as-of", "yesterday"));
        Refused(["--tails", "empirical"], Calibrate(history, "--as-of", "2001-01-02", "--tails", "gpd"));
        Refused(["--window", "from 20"], Calibrate(history, "--as-of", "2001-01-02", "--window", "19"));
        Refused(["--model", "constant or ewma or garch or gjr or auto"], Calibrate(history, "--model", "arch"));
        Refused(["nowhere.csv", "missing"], Calibrate(folder["nowhere.csv"]));
        Refused(["--currency"], Calibrate(history, "--as-of", "2001-01-02", "--currency", ""));

        Directory.CreateDirectory(Set);
        File.WriteAllText(Path.Combine(Set, "run.json"), "{ \"seed\": 1, \"seed\": 2 }");
        Refused(["run.json"], Calibrate(history, "--as-of", "2001-01-02"));
        File.Delete(Path.Combine(Set, "run.json"));
        File.Copy(history, Path.Combine(Set, "factors.csv"));
        Refused(["would be overwritten"], Calibrate(Path.Combine(Set, "factors.csv"), "--as-of", "2001-01-02"));

        static void Refused(string[] told, Invocation run)
        {
            Assert.Equal(ExitCode.Refused, run.Code);
            Assert.All(told, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        }
    }

    JsonElement Document()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Set, "calibration.json")));
        return document.RootElement.Clone();
    }

    void AddPositions(string[] factors)
    {
        File.WriteAllLines(Path.Combine(Set, "instruments.csv"), ["instrument,type,underlying", .. factors.Select(factor => $"{factor},spot,{factor}")]);
        File.WriteAllLines(Path.Combine(Set, "positions.csv"), ["account,instrument,quantity", .. factors.Select(factor => $"fund,{factor},100")]);
    }

    string WriteHistory(string header, string[] rows)
    {
        string file = folder["history.csv"];
        File.WriteAllLines(file, [header, .. rows]);
        return file;
    }

    static string[] SimulatedPrices(int factors, int days)
    {
        double[,] returns = SimulatedHistory.Returns(factors, days, seed: 3);
        double[] price = [.. Enumerable.Repeat(100.0, factors)];
        string[] rows = new string[days];
        for (int day = 0; day < days; day++)
        {
            for (int factor = 0; factor < factors; factor++)
            {
                price[factor] *= Math.Exp(returns[day, factor]);
            }

            rows[day] = string.Join(',', price.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        }

        return rows;
    }
}
