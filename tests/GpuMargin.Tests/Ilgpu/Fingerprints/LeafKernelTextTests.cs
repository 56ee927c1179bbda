using GpuMargin.Ilgpu.Fingerprints;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Fingerprints;

public sealed class LeafKernelTextTests
{
    [Theory]
    [InlineData("8.0")]
    [InlineData("9.0")]
    public void The_kernel_compiles_for_CUDA_to_integer_operations_in_registers(string architecture)
    {
        string text = KernelText.Compile(typeof(LeafHash), nameof(LeafHash.Hash), architecture);
        Assert.Equal([], KernelText.Faults(text));
        Assert.Equal(0, KernelText.SharedBytes(text));
        Assert.Contains("ld.global", text, StringComparison.Ordinal);
    }
}
