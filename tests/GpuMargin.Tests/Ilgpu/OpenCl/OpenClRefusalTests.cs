using GpuMargin.Cli;
using GpuMargin.Tests.Architecture;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.OpenCl;

/// <summary>OpenCL devices that lack something, which layer.c makes of one that does not: exit code 3, a reason, and no file.</summary>
[Trait("Category", "OpenCl")]
public sealed class OpenClRefusalTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [OpenClTheory]
    [InlineData("LAYER_SINGLE", "0x2f", "it does not promise correctly rounded division and root in single precision")]
    [InlineData("LAYER_DOUBLE", "0x06", "it does not promise denormals, fma in double precision")]
    [InlineData("LAYER_OPTIONS", "-cl-denorms-are-zero", "in single precision is not IEEE 754's: of ")]
    [InlineData("LAYER_OPTIONS", "-cl-fast-relaxed-math", "its quotient in single precision is not IEEE 754's: of ")]
    [InlineData("LAYER_SIGNED", "1", "it computes a small run of known result with other bits than the processor")]
    [InlineData("LAYER_BROKEN", "1", "its compiler does not take Kernel_Run (CL_BUILD_PROGRAM_FAILURE):")]
    [InlineData("LAYER_BROKEN", "1", "unknown type name 'this'")]
    [InlineData("LAYER_LARGEST", "200000", "64 scenarios take an array of 409856 bytes, the device gives 200000 at once")]
    public void What_a_device_lacks_is_said_and_it_is_not_used(string variable, string value, string reason)
    {
        Invocation run = Invocation.OfProcess(
            folder.Path, new Dictionary<string, string?> { [variable] = value },
            "run", Path.Combine(SourceTree.Root, "samples/dow30"), "--scenarios", "200", "--backend", TestDevice.OpenCl, "--out", folder["results"], "--quiet");

        Assert.Equal(ExitCode.DeviceMissing, run.Code);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("positions.csv", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["results"]));
    }
}
