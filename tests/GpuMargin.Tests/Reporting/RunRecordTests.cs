using System.Text;
using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.RiskMeasures;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Reporting;

public sealed class RunRecordTests : IDisposable
{
    static readonly RunSettings s_settings = new()
    {
        AsOf = new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero),
        Currency = "USD",
        Copula = new Copula(CopulaFamily.StudentT, 6.5),
        Fx = new Dictionary<string, FxRate> { ["EUR"] = new("EURUSD", false), ["BTC"] = new("BTCUSD", true) },
        Seed = ulong.MaxValue,
        Confidence = 0.9973m,
        Precision = Precision.Double,
    };

    static readonly MarginReport s_report = new(
        s_settings, "cpu", "a processor", [new AccountMargin("A", 1, 2, new Estimate(3, 2, 4), new Estimate(5, 4, 6), 5)],
        new string('a', 64), [new("draw", 0.25)], ["repaired"]);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    RunRecord Record(string set, string results) => RunRecord.Of(
        new ClearingSet
        {
            Settings = s_settings,
            Factors = [],
            Correlation = new double[0, 0],
            Instruments = [],
            Accounts = ["A"],
            Positions = new PositionTable([0], [0], [1]),
            Inputs = [new InputFile("run.json", 12, new string('b', 64))],
        },
        s_report, folder[set], folder[results], new RunOverrides { RepairCorrelation = true },
        new RunTimings(0.5, 1, 0, 1.5, new Dictionary<string, double> { ["draw"] = 0.25 }));

    [Fact]
    public void A_record_reads_back_as_it_was_written()
    {
        RunRecord record = Record("set", "results");

        RunRecord read = RunRecord.FromJson(record.ToJson());

        Assert.Equal(Encoding.UTF8.GetString(record.ToJson()), Encoding.UTF8.GetString(read.ToJson()));
        Assert.Equal("../set", read.ClearingSet);
        Assert.Equal(ulong.MaxValue, read.Settings.Seed);
        Assert.Equal(0.25, read.Timings.Stages["draw"]);
        Assert.Equal(["repaired"], read.Warnings);
    }

    [Fact]
    public void Settings_are_written_in_the_words_of_run_json()
    {
        using JsonDocument json = JsonDocument.Parse(Record("set", "results").ToJson());

        JsonElement settings = json.RootElement.GetProperty("settings");
        Assert.Equal("student-t", settings.GetProperty("copula").GetProperty("family").GetString());
        Assert.Equal(6.5, settings.GetProperty("copula").GetProperty("nu").GetDouble());
        Assert.Equal("1/BTCUSD", settings.GetProperty("fx").GetProperty("BTC").GetString());
        Assert.Equal("double", settings.GetProperty("precision").GetString());
        Assert.Equal("philox", settings.GetProperty("sampling").GetString());
        Assert.Equal("none", settings.GetProperty("ageing").GetString());
        Assert.Equal("0.9973", settings.GetProperty("confidence").GetRawText());
    }

    [Fact]
    public void Overrides_of_a_record_give_its_settings_again() => Assert.Equal(
        new RunOverrides
        {
            Scenarios = 10_000,
            Seed = ulong.MaxValue,
            Confidence = 0.9973m,
            HorizonDays = 2,
            Precision = Precision.Double,
            Sampling = Sampling.Philox,
            Importance = Importance.Off,
            Fingerprint = Fingerprint.XxhLeaves,
            RepairCorrelation = true,
        },
        RecordedSettings.Of(s_settings).ToOverrides(repairCorrelation: true));

    [Fact]
    public void A_record_that_does_not_say_its_fingerprint_has_the_first() => Assert.Equal(
        Fingerprint.Sha256Leaves,
        (RecordedSettings.Of(s_settings) with { Fingerprint = null }).ToOverrides(repairCorrelation: false).Fingerprint);

    [Fact]
    public void A_fingerprint_that_nobody_knows_is_no_record() => Assert.Throws<JsonException>(
        () => (RecordedSettings.Of(s_settings) with { Fingerprint = 3 }).ToOverrides(repairCorrelation: false));

    [Fact]
    public void Writing_fills_in_the_outputs_and_the_time_of_writing()
    {
        RunRecord written;
        using (RunOutput output = new(folder["results"]))
        {
            written = output.Write(s_report, Record("set", "results"));
        }


        Assert.Equal(MarginsCsv.ToBytes(s_report.Accounts), File.ReadAllBytes(folder["results/margins.csv"]));
        Assert.Equal(written.ToJson(), File.ReadAllBytes(folder["results/run-record.json"]));
        Assert.Equal("margins.csv", Assert.Single(written.Outputs).Name);
        Assert.Equal(1.5 + written.Timings.Write, written.Timings.Total);
    }

    [Fact]
    public void Cancellation_leaves_nothing_new()
    {
        using (RunOutput output = new(folder["results"]))
        {
            Assert.Throws<OperationCanceledException>(() => output.Write(s_report, Record("set", "results"), cancellation: new CancellationToken(canceled: true)));
        }

        Assert.Empty(folder.Snapshot());
    }

    [Fact]
    public void A_folder_where_the_record_should_be_leaves_earlier_margins_untouched()
    {
        Directory.CreateDirectory(folder["results/run-record.json"]);
        File.WriteAllText(folder["results/margins.csv"], "earlier");

        Assert.Throws<IOException>(() => new RunOutput(folder["results"]));

        Assert.Equal("earlier", File.ReadAllText(folder["results/margins.csv"]));
        Assert.Equal(3, folder.Snapshot().Length);
    }
}
