using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>The sample's margins are the same bytes at every width of the processor's vectors, in processes of their own.</summary>
public sealed class SameBitsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256-bit lanes", "scalar lanes")]
    [InlineData("DOTNET_EnableAVX2", "scalar lanes", "scalar lanes")]
    [InlineData("DOTNET_EnableHWIntrinsic", "scalar lanes", "scalar lanes")]
    public void Narrower_vectors_give_the_same_bytes_and_the_same_fingerprint(string disabled, string expected, string orExpected)
    {
        string sample = Path.Combine(Repository.Root, "samples", "dow30");
        Invocation widest = Invocation.Of("run", sample, "--out", folder["widest"], "--json");

        Invocation narrow = Invocation.OfProcess(
            folder.Path, new Dictionary<string, string?> { [disabled] = "0" }, "run", sample, "--out", folder["narrow"], "--json");

        Assert.Equal((ExitCode.Done, ExitCode.Done), (widest.Code, narrow.Code));
        string device = Record(narrow, "device");
        Assert.True(device.Contains(expected, StringComparison.Ordinal) || device.Contains(orExpected, StringComparison.Ordinal), device);
        Assert.Equal(Record(widest, "profitAndLossSha256"), Record(narrow, "profitAndLossSha256"));
        Assert.Equal(File.ReadAllBytes(folder["widest/margins.csv"]), File.ReadAllBytes(folder["narrow/margins.csv"]));
    }

    static string Record(Invocation run, string key)
    {
        using JsonDocument json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("record").GetProperty(key).GetString()!;
    }
}
