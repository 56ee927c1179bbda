using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Tests.Architecture;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>The program on ILGPU's CPU accelerator: the CPU backend's files.</summary>
public sealed class SampleRunTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("mixed")]
    [InlineData("double")]
    public void The_sample_has_the_same_margins_and_fingerprint_on_the_cpu_accelerator(string precision)
    {
        string device = Run("ilgpu-cpu", precision), processor = Run("cpu", precision);

        Assert.Equal(File.ReadAllBytes(Path.Combine(processor, "margins.csv")), File.ReadAllBytes(Path.Combine(device, "margins.csv")));
        Assert.Equal(Record(processor).GetProperty("profitAndLossSha256").GetString(), Record(device).GetProperty("profitAndLossSha256").GetString());
        Assert.Equal("ilgpu-cpu", Record(device).GetProperty("backend").GetString());
    }

    [Fact]
    public void A_run_of_the_processor_replays_on_the_cpu_accelerator()
    {
        string processor = Run("cpu", "mixed");

        Invocation replay = Invocation.Of("replay", processor, "--backend", "ilgpu-cpu");

        Assert.Equal((ExitCode.Done, ""), (replay.Code, replay.Error));
        Assert.StartsWith("same bits:", replay.Output, StringComparison.Ordinal);
    }

    string Run(string backend, string precision)
    {
        string results = folder[backend];
        Invocation run = Invocation.Of(
            "run", Path.Combine(SourceTree.Root, "samples/dow30"), "--scenarios", "200", "--precision", precision, "--backend", backend, "--out", results, "--quiet");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        return results;
    }

    static JsonElement Record(string results)
    {
        using JsonDocument record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(results, "run-record.json")));
        return record.RootElement.Clone();
    }
}
