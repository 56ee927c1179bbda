using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Tests.Backtesting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>A set whose model files are not all those of its calibration.json.</summary>
public sealed class EditedModelTests : IDisposable
{
    static readonly string[] s_short = ["--scenarios", "200", "--confidence", "0.9", "--threads", "1"];

    readonly TemporaryFolder folder = new();
    readonly string set;

    public EditedModelTests()
    {
        set = folder["set"];
        Calibrate("set", "--copula", "t");
        File.WriteAllText(folder["set/instruments.csv"], "instrument,type,underlying\nAAA,spot,AAA\nBBB,spot,BBB\n");
        File.WriteAllText(folder["set/positions.csv"], "account,instrument,quantity\nDESK,AAA,10\nOTHER,BBB,-3\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_calibrate_wrote_is_run_and_settings_of_run_json_may_be_edited()
    {
        string run = File.ReadAllText(folder["set/run.json"]);
        File.WriteAllText(folder["set/run.json"], run.Replace("\"scenarios\": 10000", "\"scenarios\": 300", StringComparison.Ordinal));

        Assert.Equal("", Invocation.Of(["run", set, "--quiet", .. s_short]).Error);
        Assert.False(Record().TryGetProperty("editedModel", out _));
    }

    [Theory]
    [InlineData("factors.csv")]
    [InlineData("correlation.csv")]
    [InlineData("run.json")]
    [InlineData("calibration.json")]
    public void A_file_of_another_calibration_is_refused_by_every_command_that_reads_the_model(string file)
    {
        Calibrate("other", "--model", "constant", "--window", "60", "--copula", "gaussian");
        File.Copy(folder[$"other/{file}"], folder[$"set/{file}"], overwrite: true);

        foreach (string[] command in (string[][])
            [["run", set, .. s_short], ["pnl", set, "--all", "--out", folder["x.csv"], .. s_short], ["scenarios", set, "--out", folder["x.csv"], .. s_short], ["converge", set, "--confidence", "0.9", "--scenarios-max", "256", "--repeats", "2"]])
        {
            Invocation refused = Invocation.Of(command);

            Assert.Equal(ExitCode.Refused, refused.Code);
            Assert.Contains(file == "calibration.json" ? "factors.csv: " : $"{file}: ", refused.Error, StringComparison.Ordinal);
            Assert.Contains("--edited-model", refused.Error, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Done, Invocation.Of([.. command, "--edited-model"]).Code);
        }
    }

    [Fact]
    public void A_run_of_an_edited_model_says_so_in_its_record_and_is_replayed()
    {
        File.WriteAllText(folder["set/factors.csv"], File.ReadAllText(folder["set/factors.csv"]).Replace("\n", "\n\n", StringComparison.Ordinal));

        Assert.Equal("", Invocation.Of(["run", set, "--quiet", "--edited-model", .. s_short]).Error);

        Assert.True(Record().GetProperty("editedModel").GetBoolean());
        Assert.Equal("", Invocation.Of("replay", folder["set/out"]).Error);
    }

    [Fact]
    public void A_file_that_the_calibration_did_not_write_is_refused()
    {
        File.WriteAllText(folder["set/residuals.csv"], "AAA\n1\n-1\n2\n");

        Assert.Contains("residuals.csv: found 'SHA-256", Invocation.Of(["run", set, .. s_short]).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"outputs":[{"name":7}]}""")]
    [InlineData("""{"outputs":{}}""")]
    [InlineData("""{"outputs":[{"name":null,"sha256":null}]}""")]
    [InlineData("""{"dependence":{"copula":{"nu":"x"}}}""")]
    public void What_is_no_calibration_is_refused(string text)
    {
        File.WriteAllText(folder["set/calibration.json"], text);

        Invocation refused = Invocation.Of(["run", set, .. s_short]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("calibration.json: expected what calibrate writes", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stressed_model_is_checked_too()
    {
        File.WriteAllText(folder["set/policy.json"], """{"version":1,"stress":{"weight":0.25}}""");
        Calibrate("set/stress", "--window", "60");
        Assert.Equal("", Invocation.Of(["run", set, "--quiet", .. s_short]).Error);

        File.Copy(folder["set/factors.csv"], folder["set/stress/factors.csv"], overwrite: true);

        Assert.Contains("stress/factors.csv: found 'SHA-256", Invocation.Of(["run", set, .. s_short]).Error, StringComparison.Ordinal);
    }

    JsonElement Record() => JsonDocument.Parse(File.ReadAllBytes(folder["set/out/run-record.json"])).RootElement;

    void Calibrate(string into, params string[] options)
    {
        Directory.CreateDirectory(folder["history"]);
        HistoryFiles.WriteTo(folder["history"]);
        Invocation calibrated = Invocation.Of(["calibrate", folder["history/history.csv"], "--out", folder[into], "--quiet", .. options]);
        Assert.True(calibrated.Code == ExitCode.Done, calibrated.Error);
    }
}
