using System.Diagnostics;
using GpuMargin.Backends;
using GpuMargin.Cli;
using GpuMargin.Reporting;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Backends;

/// <summary>The program in processes whose runtime is told to do without vector instructions.</summary>
public sealed class LaneSwitchTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Every_lane_width_gives_the_same_margins_and_fingerprint_of_the_sample()
    {
        string widest = CpuBackend.WidestSupported == LaneWidth.Scalar ? "scalar" : $"{(int)CpuBackend.WidestSupported}-bit";
        string without512 = CpuBackend.WidestSupported == LaneWidth.Scalar ? "scalar" : "256-bit";
        (string? Switch, string Lanes, string Threads)[] children =
        [
            (null, widest, "1"),
            (null, widest, "3"),
            ("DOTNET_EnableAVX512", without512, "2"),
            ("DOTNET_EnableAVX2", "scalar", "2"),
            ("DOTNET_EnableHWIntrinsic", "scalar", "2"),
        ];
        RunRecord? first = null;
        byte[] margins = [];
        foreach (var child in children)
        {
            string folder = await Run(child.Switch, child.Threads);
            RunRecord record = RunRecord.FromJson(await File.ReadAllBytesAsync(Path.Combine(folder, RunRecord.FileName)));
            Assert.Contains($", {child.Lanes} lanes, {child.Threads} thread", record.Device, StringComparison.Ordinal);
            byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(folder, MarginsCsv.FileName));
            if (first is null)
            {
                (first, margins) = (record, bytes);
            }

            Assert.Equal(first.ProfitAndLossSha256, record.ProfitAndLossSha256);
            Assert.Equal(margins, bytes);
        }
    }

    // The output folder.
    async Task<string> Run(string? switchedOff, string threads)
    {
        string folder = this.folder[$"{switchedOff}-{threads}"];
        ProcessStartInfo start = new("dotnet",
            [typeof(GpuMarginProgram).Assembly.Location, "run", Dow30.Folder, "--scenarios", "512", "--threads", threads, "--out", folder, "--quiet"])
        {
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("DOTNET_Enable", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        if (switchedOff is not null)
        {
            start.Environment[switchedOff] = "0";
        }

        using Process process = Process.Start(start)!;
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", error);
        Assert.Equal(ExitCode.Done, process.ExitCode);
        return folder;
    }
}
