using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Engine;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>How much a device takes at a time, of scenarios by its memory and of accounts by the number of devices.</summary>
public sealed class DeviceShareTests
{
    const long Gibibyte = 1L << 30;

    static readonly MarginPlan s_plan = MarginCalculator.Plan(
        new VariedSet { Factors = 17, Instruments = 1025, Accounts = 300, Positions = 40, Scenarios = 20_000 }.Build(Precision.Mixed));

    [Fact]
    public void Memory_to_spare_gives_the_largest_slice() =>
        Assert.Equal(SliceWidth.Most, SliceWidth.For<DeviceFloat32>(s_plan, 300, 100 * Gibibyte));

    [Fact]
    public void A_slice_is_no_larger_than_the_run()
    {
        MarginPlan few = s_plan with { Scenarios = s_plan.Scenarios with { Scenarios = 65 } };
        Assert.Equal(128, SliceWidth.For<DeviceFloat32>(few, 300, 100 * Gibibyte));
    }

    [Fact]
    public void Less_memory_gives_smaller_slices_that_leaves_fit()
    {
        int last = SliceWidth.Most;
        for (long memory = Gibibyte / 4; memory > Gibibyte / 32; memory = memory * 3 / 4)
        {
            int width = SliceWidth.For<DeviceFloat64>(s_plan, 300, memory);
            Assert.InRange(width, ProfitAndLossHash.LeafScenarios, last);
            Assert.Equal(0, width % ProfitAndLossHash.LeafScenarios);
            Assert.True((long)width * 1025 * sizeof(double) < memory, $"{width} scenarios do not fit into {memory} bytes");
            last = width;
        }

        Assert.True(last < SliceWidth.Most);
    }

    [Fact]
    public void Too_little_memory_for_the_smallest_slice_is_told() =>
        Assert.Contains("bytes are needed", Assert.Throws<InsufficientMemoryException>(() => SliceWidth.For<DeviceFloat32>(s_plan, 300, 1000)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Devices_share_all_accounts_at_the_ends_of_leaves(int devices)
    {
        AccountShare[] shares = AccountShare.Split(s_plan.Positions, devices);
        Assert.InRange(shares.Length, 1, devices);
        int next = 0;
        foreach (AccountShare share in shares)
        {
            Assert.Equal(next, share.First);
            Assert.Equal(0, share.First % ProfitAndLossHash.LeafAccounts);
            Assert.True(share.Count > 0);
            next += share.Count;
        }

        Assert.Equal(s_plan.Positions.Accounts, next);
    }
}
