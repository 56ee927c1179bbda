using GpuMargin.Ilgpu.Tails;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Tails;

public sealed class TailKernelTextTests
{
    const int SharedMemoryOfGroup = 48 * 1024;

    [Theory]
    [InlineData("8.0")]
    [InlineData("9.0")]
    public void Kernels_compile_for_CUDA_to_integer_operations_on_global_and_shared_memory(string architecture)
    {
        foreach (string text in (string[])
        [
            KernelText.Compile(typeof(TailScan), nameof(TailScan.Scan), architecture),
            KernelText.Compile(typeof(TailFinish), nameof(TailFinish.Finish), architecture),
        ])
        {
            Assert.Equal([], KernelText.Faults(text));
            Assert.InRange(KernelText.SharedBytes(text), 1, SharedMemoryOfGroup);
            Assert.Contains("atom.add.shared", text, StringComparison.Ordinal);
        }
    }
}
