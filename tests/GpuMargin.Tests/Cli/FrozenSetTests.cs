using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Data/frozen, a set that never changes: an engine that makes other numbers of it is another engine.</summary>
/// <remarks>margins.csv there has the columns of the day on which it was frozen; later columns may follow.</remarks>
public sealed class FrozenSetTests : IDisposable
{
    static readonly string s_set = Path.Combine(Repository.Root, "tests", "GpuMargin.Tests", "Data", "frozen");

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("1", "b7e3776000b6363d8bc56d245be954a6ac39e2989e85052e8bd31fb9be08ef83")]
    [InlineData("2", "b536d0644ec90e0228379f19f6596fba63cf9ed222906ff8edd478df3997dc71")]
    public void Profit_and_loss_and_margins_are_those_of_the_day_on_which_the_set_was_frozen(string fingerprint, string expectedHash)
    {
        Invocation run = Invocation.Of("run", s_set, "--out", folder["out"], "--json", "--fingerprint", fingerprint);

        Assert.Equal(ExitCode.Done, run.Code);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(expectedHash, json.RootElement.GetProperty("record").GetProperty("profitAndLossSha256").GetString());
        string[] expected = File.ReadAllLines(Path.Combine(s_set, "margins.csv")), found = File.ReadAllLines(folder["out/margins.csv"]);
        int columns = expected[0].Split(',').Length;
        Assert.Equal(expected, found.Select(line => string.Join(',', line.Split(',').Take(columns))));
    }
}
