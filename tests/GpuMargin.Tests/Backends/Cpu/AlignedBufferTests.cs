using GpuMargin.Backends.Cpu;
#if DEBUG
using GpuMargin.Kernels.Lanes;
#endif
using Xunit;

namespace GpuMargin.Tests.Backends.Cpu;

public sealed unsafe class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Memory_is_on_a_cache_line_and_zero(long bytes)
    {
        using AlignedBuffer buffer = new(bytes);
        Assert.Equal(0u, (nuint)buffer.Pointer % 64);
        Assert.False(new ReadOnlySpan<byte>(buffer.Pointer, (int)bytes).ContainsAnyExcept((byte)0));
    }

#if DEBUG
    [Theory]
    [InlineData(-1)]
    [InlineData(-4096)]
    [InlineData(100)]
    [InlineData(100 + 4095)]
    public void In_Debug_a_write_outside_is_found(int place)
    {
        AlignedBuffer buffer = new(100);
        byte* outside = (byte*)buffer.Pointer + place;
        byte guard = *outside;
        *outside = 0;
        Fails(buffer.Dispose);
        *outside = guard;
        buffer.Dispose();
    }

    [Fact]
    public void In_Debug_a_read_after_the_end_is_found()
    {
        AlignedBuffer buffer = new(100);
        buffer.Dispose();
        Fails(() => _ = buffer.Pointer);
    }

    [Fact]
    public void In_Debug_what_nobody_wrote_is_not_a_number()
    {
        using LaneArray<Float64> doubles = LaneArray<Float64>.Uninitialized(3);
        using LaneArray<Float32> singles = LaneArray<Float32>.Uninitialized(3);
        Assert.True(double.IsNaN(doubles[2]) && double.IsNaN(singles[2]));
    }

    [Fact]
    public void In_Debug_elements_outside_an_array_are_found()
    {
        using LaneArray<Float32> array = new(5);
        Fails(() => array.Set(5, 1));
        Fails(() => _ = array[-1]);
        Fails(() => array.At(6));
        Fails(() => array.AssertHolds(2, 4));
    }

    // The test host throws where an assertion fails.
    static void Fails(Action action) => Assert.Contains("Assert", Assert.ThrowsAny<Exception>(action).GetType().Name, StringComparison.Ordinal);
#endif
}
