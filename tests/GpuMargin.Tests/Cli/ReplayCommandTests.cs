using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class ReplayCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string set;

    public ReplayCommandTests()
    {
        set = SmallSet.WriteTo(folder["set"]);
        Assert.Equal(ExitCode.Done, Invocation.Of(
            "run", set, "--seed", "99", "--scenarios", "500", "--precision", "mixed", "--confidence", "0.975", "--horizon", "3",
            "--out", folder["results"], "--quiet").Code);
    }

    public void Dispose() => folder.Dispose();

    Invocation Replay(params string[] more) => Invocation.Of(["replay", folder["results/run-record.json"], .. more]);

    [Fact]
    public void The_same_set_gives_the_same_bits_and_nothing_is_written()
    {
        var before = folder.Snapshot();

        Invocation replay = Replay();

        Assert.Equal("", replay.Error);
        Assert.Equal(ExitCode.Done, replay.Code);
        Assert.StartsWith("same bits", Assert.Single(replay.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void Set_and_results_may_move_together()
    {
        Directory.CreateDirectory(folder["elsewhere"]);
        Directory.Move(set, folder["elsewhere/set"]);
        Directory.Move(folder["results"], folder["elsewhere/results"]);

        Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["elsewhere/results/run-record.json"]).Code);
    }

    [Fact]
    public void A_record_is_repeated_by_its_own_fingerprint()
    {
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--fingerprint", "1", "--out", folder["first"], "--quiet").Code);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--out", folder["second"], "--quiet").Code);

        Assert.NotEqual(Fingerprint("second"), Fingerprint("first"));
        Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["first"]).Code);
        Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["second"]).Code);

        string Fingerprint(string results)
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder[$"{results}/run-record.json"]));
            return json.RootElement.GetProperty("profitAndLossSha256").GetString()!;
        }
    }

    [Fact]
    public void A_changed_input_is_named()
    {
        File.AppendAllText(Path.Combine(set, "positions.csv"), "long,ALFA,1\n");

        Invocation replay = Replay("--json");

        Assert.Equal(ExitCode.CheckFailed, replay.Code);
        Assert.Contains("positions.csv: changed", replay.Error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(replay.Output);
        Assert.False(json.RootElement.GetProperty("sameBits").GetBoolean());
        Assert.Equal(1, json.RootElement.GetProperty("differences").GetArrayLength());
    }

    [Fact]
    public void An_edited_amount_is_named_by_account_and_column()
    {
        string margins = folder["results/margins.csv"];
        string[] lines = File.ReadAllText(margins).Split('\n');
        string[] cells = lines[2].Split(',');
        cells[6] = "1" + cells[6];
        lines[2] = string.Join(',', cells);
        File.WriteAllText(margins, string.Join('\n', lines));

        Invocation replay = Replay();

        Assert.Equal(ExitCode.CheckFailed, replay.Code);
        Assert.Contains($"account covered, es: the file has {cells[6]}, the replay gives {cells[6][1..]}", replay.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{ \"schema\": 2 }")]
    public void What_is_not_a_run_record_is_refused(string text)
    {
        File.WriteAllText(folder["results/run-record.json"], text);

        Invocation refused = Replay();

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("not a run record", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.csv")]
    [InlineData("/etc/hostname")]
    [InlineData("stress/../../outside.csv")]
    [InlineData("a/b/c.csv")]
    [InlineData("")]
    public void An_input_outside_the_set_is_not_read(string name)
    {
        File.WriteAllText(folder["outside.csv"], "secret");
        string record = folder["results/run-record.json"];
        File.WriteAllText(record, File.ReadAllText(record).Replace("\"positions.csv\"", JsonSerializer.Serialize(name), StringComparison.Ordinal));

        Invocation refused = Replay();

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains($"not a run record: inputs: '{name}' is no file of a clearing set", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("account,positions\n\"long")]
    [InlineData("\0\0,\r\r\"a\"b\n\n\n")]
    public void A_margins_file_that_is_not_one_differs(string text)
    {
        File.WriteAllText(folder["results/margins.csv"], text);

        Invocation replay = Replay();

        Assert.Equal(ExitCode.CheckFailed, replay.Code);
        Assert.StartsWith("margins.csv: was changed: ", replay.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_to_the_record_never_gives_a_defect()
    {
        const int Damages = 300;
        string record = folder["results/run-record.json"];
        byte[] whole = File.ReadAllBytes(record);
        for (int seed = 0; seed < Damages; seed++)
        {
            var random = new Random(seed);
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            int cut = random.Next(damaged.Length);
            File.WriteAllBytes(record, seed % 3 == 0 ? [.. damaged[..cut], .. damaged[Math.Min(cut + random.Next(40), damaged.Length)..]] : damaged);

            Invocation replay = Replay("--threads", "1");

            Assert.True(replay.Code is ExitCode.Done or ExitCode.Refused or ExitCode.CheckFailed, $"seed {seed}: {replay.Code}: {replay.Error}");
        }
    }
}
