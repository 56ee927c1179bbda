using GpuMargin.Ilgpu.Devices.Drivers;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Devices;

/// <summary>Promises as the bits of CL_DEVICE_SINGLE_FP_CONFIG and CL_DEVICE_DOUBLE_FP_CONFIG.</summary>
public sealed class OpenClArithmeticTests
{
    // Denormals, infinities and NaN, rounding to nearest, to zero and to infinity, fma.
    const ulong Double = 0x3f;

    // Correctly rounded division and root.
    const ulong Single = Double | 0x80;

    [Fact]
    public void A_device_that_promises_all_of_it_is_taken() => Assert.Null(OpenClArithmetic.Lacking(Single, Double));

    [Fact]
    public void Directed_rounding_is_not_needed() => Assert.Null(OpenClArithmetic.Lacking(Single & ~0x18ul, Double & ~0x18ul));

    [Theory]
    [InlineData(0x01, "denormals")]
    [InlineData(0x02, "infinities and NaN")]
    [InlineData(0x04, "rounding to nearest")]
    [InlineData(0x20, "fma")]
    public void Each_is_needed_in_both_precisions(ulong bit, string words)
    {
        Assert.Equal($"it does not promise {words} in single precision, so its results would have other bits", OpenClArithmetic.Lacking(Single & ~bit, Double));
        Assert.Equal($"it does not promise {words} in double precision, so its results would have other bits", OpenClArithmetic.Lacking(Single, Double & ~bit));
    }

    [Fact]
    public void Everything_that_is_missing_is_named() =>
        Assert.Equal(
            "it does not promise fma, correctly rounded division and root in single precision or denormals, infinities and NaN, rounding to nearest, fma in double precision, so its results would have other bits",
            OpenClArithmetic.Lacking(0x07, 0));
}
