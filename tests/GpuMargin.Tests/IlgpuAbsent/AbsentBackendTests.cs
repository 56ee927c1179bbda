using System.Text.Json;
using GpuMargin.Backends;
using GpuMargin.Cli;
using GpuMargin.Ilgpu.Devices;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.IlgpuAbsent;

/// <summary>A build that could not restore ILGPU works, and says what it lacks and why.</summary>
public sealed class AbsentBackendTests
{
    const string Reason = "^(ILGPU [0-9.]+ was not on the package feed when this was built \\(.+\\)|this was built with UseIlgpu=false)$";

    public static TheoryData<string> Backends { get; } = [.. IlgpuDevices.Backends];

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_backend_that_was_left_out_says_why(string backend)
    {
        Assert.Matches(Reason, IlgpuDevices.Find(backend).Missing);
        Assert.Matches(Reason, Assert.Throws<DeviceFailedException>(() => IlgpuDevices.Open(backend, null)).Reason);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Asking_for_it_ends_in_one_line_with_its_own_exit_code(string backend)
    {
        Invocation missing = Invocation.Of("run", "SET", "--backend", backend);

        Assert.Equal(ExitCode.DeviceMissing, missing.Code);
        Assert.Equal(
            $"gpumargin: --backend {backend}: {IlgpuDevices.Find(backend).Missing}; --backend cpu is there",
            Assert.Single(missing.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(missing.Output);
    }

    [Fact]
    public void Devices_lists_the_processor_and_why_the_others_are_missing()
    {
        string[] lines = Invocation.Of("devices").Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith($"cpu        {new CpuBackend().Device}; ", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            IlgpuDevices.Backends.Select(backend => $"{backend,-10} missing: {IlgpuDevices.Find(backend).Missing}"), lines[1..]);
    }

    [Fact]
    public void So_does_its_json()
    {
        using JsonDocument json = JsonDocument.Parse(Invocation.Of("devices", "--json").Output);

        JsonElement[] entries = [.. json.RootElement.GetProperty("devices").EnumerateArray()];
        Assert.Equal(["cpu", "cuda", "opencl", "ilgpu-cpu"], entries.Select(entry => entry.GetProperty("backend").GetString()));
        Assert.Equal([true, false, false, false], entries.Select(entry => entry.GetProperty("available").GetBoolean()));
        Assert.All(entries[1..], entry => Assert.Matches(Reason, entry.GetProperty("description").GetString()));
    }
}
