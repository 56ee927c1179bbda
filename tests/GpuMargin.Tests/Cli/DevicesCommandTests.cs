using System.Text.Json;
using GpuMargin.Backends;
using GpuMargin.Cli;
using GpuMargin.Cli.Options;
using GpuMargin.Ilgpu.Devices;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class DevicesCommandTests
{
    // Two GPUs of which one is too old, one OpenCL device without double precision, and no third backend.
    static readonly BackendSource s_source = new(
        backend => backend switch
        {
            IlgpuDevices.Cuda => new BackendDevices(
                backend, [FakeDevices.Description(0, null), FakeDevices.Description(1, "it is too old")], null),
            IlgpuDevices.OpenCl => new BackendDevices(
                backend, [new DeviceDescription(0, "Small GPU", 1L << 30, "OpenCL 2.0", null, false, 1, "it has no double precision")], null),
            _ => new BackendDevices(backend, [], FakeDevices.Missing),
        },
        (_, _) => throw new NotSupportedException("devices opens none"));

    [Fact]
    public void Every_device_is_a_line_with_memory_and_driver_or_why_it_cannot_be_used()
    {
        Invocation devices = Invocation.Of(s_source, "devices");

        Assert.Equal(ExitCode.Done, devices.Code);
        Assert.Equal("", devices.Error);
        string[] lines = devices.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"cpu        {new CpuBackend().Device}; the processor offers ", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "cuda       device 0: Fake GPU; 1.5 GiB; 132 multiprocessors; compute capability 9.0; double precision; fake driver 1.2",
                "cuda       unusable: device 1: Fake GPU; 1.5 GiB; 132 multiprocessors; compute capability 9.0; double precision; fake driver 1.2: it is too old",
                "opencl     unusable: Small GPU; 1.0 GiB; 1 multiprocessor; single precision only; OpenCL 2.0: it has no double precision",
                $"ilgpu-cpu  missing: {FakeDevices.Missing}",
            ],
            lines[1..]);
    }

    [Fact]
    public void As_json_every_fact_has_a_key()
    {
        using JsonDocument json = JsonDocument.Parse(Invocation.Of(s_source, "devices", "--json").Output);

        JsonElement[] entries = [.. json.RootElement.GetProperty("devices").EnumerateArray()];
        Assert.Equal(["cpu", "cuda", "cuda", "opencl", "ilgpu-cpu"], entries.Select(entry => entry.GetProperty("backend").GetString()));
        Assert.Equal([true, true, false, false, false], entries.Select(entry => entry.GetProperty("available").GetBoolean()));
        JsonElement gpu = entries[2];
        Assert.Equal(1, gpu.GetProperty("device").GetInt32());
        Assert.Equal("Fake GPU", gpu.GetProperty("name").GetString());
        Assert.Equal(3L << 29, gpu.GetProperty("memoryBytes").GetInt64());
        Assert.Equal("fake driver 1.2", gpu.GetProperty("driver").GetString());
        Assert.Equal("9.0", gpu.GetProperty("computeCapability").GetString());
        Assert.True(gpu.GetProperty("doublePrecision").GetBoolean());
        Assert.Equal(132, gpu.GetProperty("multiprocessors").GetInt32());
        Assert.Equal("it is too old", gpu.GetProperty("unusable").GetString());
        Assert.Equal(FakeDevices.Missing, entries[4].GetProperty("description").GetString());
        Assert.False(entries[4].TryGetProperty("name", out _));
    }
}
