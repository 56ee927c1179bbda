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

    static readonly ValuationRun s_plan = MarginCalculator.Plan(
        new VariedSet { Factors = 17, Instruments = 1025, Accounts = 300, Positions = 40, Scenarios = 20_000 }.Build(Precision.Mixed));

    [Fact]
    public void Memory_to_spare_gives_the_largest_slice() =>
        Assert.Equal(SliceWidth.Most, SliceWidth.For<DeviceFloat32>(s_plan, 100 * Gibibyte));

    [Fact]
    public void A_slice_is_no_larger_than_the_run()
    {
        ValuationRun few = s_plan with { Scenarios = 65 };
        Assert.Equal(128, SliceWidth.For<DeviceFloat32>(few, 100 * Gibibyte));
    }

    [Fact]
    public void Less_memory_gives_smaller_slices_that_leaves_fit()
    {
        int last = SliceWidth.Most;
        for (long memory = Gibibyte / 4; memory > Gibibyte / 32; memory = memory * 3 / 4)
        {
            int width = SliceWidth.For<DeviceFloat64>(s_plan, memory);
            Assert.InRange(width, ProfitAndLossHash.LeafScenarios, last);
            Assert.Equal(0, width % ProfitAndLossHash.LeafScenarios);
            Assert.True((long)width * 1025 * sizeof(double) < memory, $"{width} scenarios do not fit into {memory} bytes");
            last = width;
        }

        Assert.True(last < SliceWidth.Most);
    }

    [Fact]
    public void Too_little_memory_for_the_smallest_slice_is_told() =>
        Assert.Contains("bytes are needed", Assert.Throws<InsufficientMemoryException>(() => SliceWidth.For<DeviceFloat32>(s_plan, 1000)).Message, StringComparison.Ordinal);

    // Of 1,025 instruments, 300 accounts and 17 factors the P&L of the instruments is the largest array: 4,100 bytes a scenario.
    [Theory]
    [InlineData(8192L * 4100, 8192)]
    [InlineData(8192L * 4100 - 1, 8128)]
    [InlineData(64 * 4100, 64)]
    public void No_array_is_larger_than_the_device_gives_at_once(long largest, int scenarios) =>
        Assert.Equal(scenarios, SliceWidth.For<DeviceFloat32>(s_plan, 100 * Gibibyte, largest));

    [Fact]
    public void A_smallest_slice_with_too_large_an_array_is_told() =>
        Assert.Equal(
            "64 scenarios take an array of 262400 bytes, the device gives 262399 at once",
            Assert.Throws<InsufficientMemoryException>(() => SliceWidth.For<DeviceFloat32>(s_plan, 100 * Gibibyte, 64 * 4100 - 1)).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Devices_share_all_accounts_at_the_ends_of_leaves(int devices)
    {
        DeviceShare[] shares = DeviceShare.Split(s_plan, devices);
        Assert.InRange(shares.Length, 1, devices);
        int next = 0;
        foreach (DeviceShare share in shares)
        {
            Assert.Equal(next, share.FirstAccount);
            Assert.Equal(0, share.FirstAccount % ProfitAndLossHash.LeafAccounts);
            Assert.Equal(Enumerable.Range(next, share.Rows.Length), share.Rows);
            Assert.Equal(share.Plan.FingerprintRows, share.Plan.Positions.Accounts);
            next += share.Rows.Length;
        }

        Assert.Equal(s_plan.Positions.Accounts, next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Remainders_are_with_the_rows_they_are_of(int devices)
    {
        // Accounts 0 to 199 are the fingerprint's; 200 to 299 are taken off them, account 1 off account 150.
        RemainderRows remainders = new(
            [.. Enumerable.Range(0, 100).Select(r => 2 * r), 150], [.. Enumerable.Range(0, 102)], [.. Enumerable.Range(200, 100), 1]);
        ValuationRun plan = s_plan with { Positions = s_plan.Positions with { Remainders = remainders }, FingerprintRows = 200 };
        DeviceShare[] shares = DeviceShare.Split(plan, devices);
        Assert.Equal(Enumerable.Range(0, plan.Positions.Rows), shares.SelectMany(share => share.Rows).Order());
        Assert.Equal(200, shares.Sum(share => share.Plan.FingerprintRows));
        Assert.InRange(shares.Sum(share => share.Plan.Positions.Accounts), 300, 301);
        foreach (DeviceShare share in shares)
        {
            PositionRows own = share.Plan.Positions;
            for (int i = 0; i < share.Rows.Length; i++)
            {
                if (share.Rows[i] < 300)
                {
                    AssertSame(plan.Positions, share.Rows[i], own, share.Places[i]);
                    continue;
                }

                int whole = share.Rows[i] - 300, part = share.Places[i] - own.Accounts;
                AssertSame(plan.Positions, remainders.Of[whole], own, own.Remainders.Of[part]);
                AssertSame(plan.Positions, remainders.Less[whole], own, own.Remainders.Less[own.Remainders.Start[part]]);
                Assert.Equal(1, own.Remainders.Start[part + 1] - own.Remainders.Start[part]);
            }
        }
    }

    static void AssertSame(PositionRows whole, int account, PositionRows part, int place)
    {
        Assert.Equal(whole.Instrument[whole.Start[account]..whole.Start[account + 1]], part.Instrument[part.Start[place]..part.Start[place + 1]]);
        Assert.Equal(whole.Quantity[whole.Start[account]..whole.Start[account + 1]], part.Quantity[part.Start[place]..part.Start[place + 1]]);
    }
}
