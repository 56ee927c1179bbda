using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.Cli;
using GpuMargin.Tests.Architecture;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.OpenCl;

/// <summary>The program on an OpenCL device: the CPU backend's margins, to the byte.</summary>
[Trait("Category", "OpenCl")]
public sealed class OpenClRunTests : IDisposable
{
    const string AllInstruments = "every instrument type";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [OpenClTheory]
    [InlineData("samples/dow30", "--scenarios 2000")]
    [InlineData("samples/dow30", "--scenarios 500 --precision double")]
    [InlineData("samples/dow30", "--scenarios 512 --sampling sobol")]
    [InlineData("samples/dow30", "--scenarios 300 --importance on --horizon 5")]
    [InlineData("samples/dow30", "--scenarios 1000 --target-error 0.05 --max-scenarios 4000")]
    [InlineData("samples/dow30-cleared/2001-01-02", "--scenarios 1000")]
    [InlineData("samples/dow30-cleared/2001-01-02", "--scenarios 512 --precision double --sampling sobol")]
    [InlineData(AllInstruments, "")]
    [InlineData(AllInstruments, "--precision double")]
    public void It_has_the_bits_of_the_processor(string set, string options)
    {
        string folder = set == AllInstruments ? Written() : Path.Combine(SourceTree.Root, set);

        (int Code, string Margins, string Hash) processor = Run(folder, options, "cpu"), device = Run(folder, options, TestDevice.OpenCl);

        Assert.Equal(processor, device);
    }

    string Written()
    {
        string folder = this.folder["set"];
        ClearingSetFiles.Write(new VariedSet { Factors = 9, Instruments = 119, Accounts = 70, Scenarios = 300 }.Build(Precision.Mixed), folder);
        return folder;
    }

    (int Code, string Margins, string Hash) Run(string set, string options, string backend)
    {
        string results = folder[backend];
        Invocation run = Invocation.Of(["run", set, "--backend", backend, "--out", results, "--quiet", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Contains(run.Code, (int[])[ExitCode.Done, ExitCode.CheckFailed]);
        using JsonDocument record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(results, "run-record.json")));
        Assert.Equal(backend, record.RootElement.GetProperty("backend").GetString());
        return (run.Code, File.ReadAllText(Path.Combine(results, "margins.csv")), record.RootElement.GetProperty("profitAndLossSha256").GetString()!);
    }
}
