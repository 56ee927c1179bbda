using GpuMargin.Backends;
using Xunit;

namespace GpuMargin.Tests.Backends;

/// <summary>Needs lanes of a width; on a processor without them the test is reported as skipped.</summary>
sealed class LanesFactAttribute : FactAttribute
{
    public LanesFactAttribute(LaneWidth lanes)
    {
        if (lanes > CpuBackend.WidestSupported)
        {
            Skip = $"this processor has no {(int)lanes}-bit lanes";
        }
    }
}

/// <summary>The processor: every lane width it has, one thread and several, small and large tiles.</summary>
public sealed class CpuBackendTests : BackendSuite
{
    // All cores, and more threads than some sets have tiles.
    static readonly int s_allThreads = Math.Max(3, Environment.ProcessorCount);

    static readonly IBackend[] s_backends =
    [
        .. from lanes in new[] { LaneWidth.Scalar, LaneWidth.Bits256, LaneWidth.Bits512 }
           where lanes <= CpuBackend.WidestSupported
           from threads in new[] { 1, s_allThreads }
           from tile in new[] { 64, 128, 192 }
           select new CpuBackend(threads, lanes, tile),
    ];

    protected override IReadOnlyList<IBackend> Backends => s_backends;

    [LanesFact(LaneWidth.Bits256)]
    public void Lanes_of_256_bits_are_among_the_configurations() => AssertTested(LaneWidth.Bits256, "256-bit lanes");

    [LanesFact(LaneWidth.Bits512)]
    public void Lanes_of_512_bits_are_among_the_configurations() => AssertTested(LaneWidth.Bits512, "512-bit lanes");

    [Fact]
    public void Scalar_lanes_are_among_the_configurations() => AssertTested(LaneWidth.Scalar, "scalar lanes");

    [Fact]
    public void A_tile_that_no_fingerprint_leaf_fits_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpuBackend(tileScenarios: 96));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpuBackend(tileScenarios: -64));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpuBackend(threads: -1));
    }

    void AssertTested(LaneWidth lanes, string words)
    {
        CpuBackend[] tested = [.. Backends.Cast<CpuBackend>().Where(backend => backend.Lanes == lanes)];
        Assert.Equal(6, tested.Length);
        Assert.All(tested, backend => Assert.Contains(words, backend.Device, StringComparison.Ordinal));
    }
}
