using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class GenerateCommandTests : IDisposable
{
    static readonly string[] s_sizes = ["--factors", "5", "--instruments", "12", "--accounts", "4", "--positions", "10", "--scenarios", "500"];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_generated_set_has_the_sizes_asked_for_and_runs()
    {
        Invocation generated = Invocation.Of(["generate", folder["set"], "--json", .. s_sizes]);
        Invocation run = Invocation.Of("run", folder["set"], "--json");

        Assert.Equal("", generated.Error + run.Error);
        using JsonDocument told = JsonDocument.Parse(generated.Output);
        using JsonDocument ran = JsonDocument.Parse(run.Output);
        JsonElement counts = ran.RootElement.GetProperty("record").GetProperty("counts");
        foreach (string size in (string[])["factors", "instruments", "accounts", "positions"])
        {
            Assert.Equal(told.RootElement.GetProperty(size).GetInt32(), counts.GetProperty(size).GetInt32());
        }

        Assert.Equal((5, 40, 500), (counts.GetProperty("factors").GetInt32(), counts.GetProperty("positions").GetInt32(), counts.GetProperty("scenarios").GetInt32()));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        Invocation.Of(["generate", folder["a"], "--seed", "5", .. s_sizes]);
        Invocation.Of(["generate", folder["b"], "--seed", "5", .. s_sizes]);
        Invocation.Of(["generate", folder["c"], "--seed", "6", .. s_sizes]);

        Assert.All(Directory.GetFiles(folder["a"]), file =>
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder["b"], Path.GetFileName(file)))));
        Assert.NotEqual(File.ReadAllBytes(folder["a/positions.csv"]), File.ReadAllBytes(folder["c/positions.csv"]));
    }

    [Fact]
    public void American_options_and_cash_dividends_are_made_on_request()
    {
        Invocation.Of(["generate", folder["plain"], .. s_sizes]);
        Invocation.Of(["generate", folder["set"], "--american-share", "0.5", "--cash-dividends", .. s_sizes]);
        Invocation run = Invocation.Of("run", folder["set"], "--json");

        Assert.Equal("", run.Error);
        Assert.Equal(6, File.ReadLines(folder["set/instruments.csv"]).Count(line => line.Contains(",american,", StringComparison.Ordinal)));
        Assert.True(File.ReadLines(folder["set/dividends.csv"]).Count() > 8);
        Assert.False(File.Exists(folder["plain/dividends.csv"]));
        Assert.Equal(File.ReadAllBytes(folder["plain/positions.csv"]), File.ReadAllBytes(folder["set/positions.csv"]));
    }

    [Fact]
    public void A_folder_with_something_in_it_is_refused_and_untouched()
    {
        File.WriteAllText(folder["mine.txt"], "mine");
        var before = folder.Snapshot();

        Invocation refused = Invocation.Of(["generate", folder.Path, .. s_sizes]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Equal(before, folder.Snapshot());
    }
}
