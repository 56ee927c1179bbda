using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Ilgpu.Tails;
using ILGPU.Runtime;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Tails;

public sealed class DeviceTailsTests(SmallDevice device) : IClassFixture<SmallDevice>
{
    const int LeastRoom = 0;
    const int AllThreads = 256;

    [Theory]
    [InlineData(1, 300)]
    [InlineData(7, 100)]
    [InlineData(64, 64)]
    [InlineData(65, 300)]
    [InlineData(200, 150)]
    [InlineData(299, 300)]
    [InlineData(300, 300)]
    public void Tails_are_what_sorting_everything_gives_however_scenarios_are_cut_into_slices(int length, int scenarios)
    {
        Random random = new(length);
        double[][] gains = Accounts(3, scenarios, (_, _) => random.NextDouble() - 0.5);
        foreach (int slice in (int[])[1 + scenarios / 20, 33, 64, 100, scenarios])
        {
            AssertTails(gains, length, slice);
        }
    }

    [Fact]
    public void Slices_of_one_scenario_are_slices()
    {
        Random random = new(1);
        AssertTails(Accounts(2, 40, (_, _) => random.Next(-3, 4)), length: 5, slice: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(150)]
    public void Ties_are_kept_by_scenario(int length)
    {
        Random random = new(length);
        AssertTails(Accounts(5, 400, (account, _) => random.Next(-1 - account, 2 + account) / 4.0), length, slice: 96);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-3.5)]
    [InlineData(1e300)]
    public void A_flat_account_keeps_its_first_scenarios(double gain) =>
        AssertTails(Accounts(2, 300, (_, _) => gain), length: 50, slice: 70);

    [Fact]
    public void Zeros_of_either_sign_tie_and_are_kept_as_positive_zero() =>
        AssertTails(Accounts(2, 300, (account, s) => s % (3 + account) == 0 ? 0.0 : -0.0), length: 60, slice: 128);

    [Fact]
    public void Losses_that_grow_or_shrink_with_the_scenario_are_ordered() =>
        AssertTails(Accounts(2, 500, (account, s) => account == 0 ? -1.0 * s : 1.0 * s), length: 40, slice: 128);

    [Fact]
    public void Every_finite_double_has_its_place()
    {
        double[] special =
        [
            double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 0.0, -0.0, 1.0, -1.0,
            BitConverter.UInt64BitsToDouble(0x000F_FFFF_FFFF_FFFF), BitConverter.UInt64BitsToDouble(0x8010_0000_0000_0000),
            double.BitIncrement(1.0), double.BitDecrement(-1.0),
        ];
        Random random = new(3);
        AssertTails(
            Accounts(2, 200, (account, _) => account == 0 ? special[random.Next(special.Length)] : AnyFinite(random)), length: 100, slice: 64);
    }

    [Fact]
    public void Tails_longer_than_what_shared_memory_sorts_are_sorted()
    {
        Random random = new(4);
        const int Length = TailSort.Chunk * 2 + 77, Scenarios = Length + 500;
        AssertTails(Accounts(1, Scenarios, (_, _) => random.Next(2000)), Length, slice: Scenarios, group: 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_size_of_a_group_and_the_room_change_nothing(int group)
    {
        Random random = new(5);
        double[][] gains = Accounts(2, 300, (_, _) => random.Next(100));
        foreach (int room in (int[])[LeastRoom, 100, 1000])
        {
            AssertTails(gains, length: 30, slice: 90, group, room);
        }
    }

    [Fact]
    public void More_scenarios_may_follow_after_tails_were_read_and_a_new_run_may_begin()
    {
        Random random = new(6);
        double[][] gains = Accounts(2, 200, (_, _) => random.Next(50));
        using DeviceBuffers buffers = new(device.Device);
        DeviceTails tails = new(buffers, 2, 30, AllThreads, LeastRoom) { Keys = Key };
        for (int run = 0; run < 2; run++)
        {
            Add(tails, gains, 0, 20);
            AssertSorted([.. gains.Select(row => row[..20])], 30, tails.Tails(device.Stream));
            Add(tails, gains, 20, 180);
            AssertSorted(gains, 30, tails.Tails(device.Stream));
            AssertSorted(gains, 30, tails.Tails(device.Stream));
            tails.Clear(device.Stream);
            Assert.All(tails.Tails(device.Stream), tail => Assert.Empty(tail.Losses));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void The_first_scenario_with_a_value_that_is_not_finite_is_named_and_there_the_first_account(double gain)
    {
        foreach ((int account, int scenario) in ((int, int)[])[(0, 0), (3, 69), (2, 70), (1, 139), (3, 199)])
        {
            // A full tail of large losses stands in the way of small ones; later faults elsewhere do not matter.
            double[][] gains = Accounts(4, 200, (_, s) => s < 20 ? -5.0 : 1.0);
            gains[account][scenario] = gain;
            gains[3][scenario] = gain;
            gains[0][199] = account == 0 || scenario < 199 ? gain : 1.0;
            using DeviceBuffers buffers = new(device.Device);
            DeviceTails tails = new(buffers, 4, 10, AllThreads, LeastRoom) { Keys = Key };
            for (int first = 0; first < 200; first += 70)
            {
                Add(tails, gains, first, Math.Min(70, 200 - first));
            }

            var thrown = Assert.Throws<NonFiniteProfitAndLossException>(() => tails.Tails(device.Stream));
            Assert.Equal((Key(account), scenario), (thrown.Row, thrown.Scenario));
        }
    }

    [Fact]
    public void A_slice_out_of_turn_or_without_room_is_refused()
    {
        using DeviceBuffers buffers = new(device.Device);
        DeviceTails tails = new(buffers, 2, 10, AllThreads) { Keys = Key };
        using MemoryBuffer1D<double, ILGPU.Stride1D.Dense> slice = device.Accelerator.Allocate1D<double>(100);
        Assert.Throws<ArgumentOutOfRangeException>(() => tails.Add(device.Stream, slice.View, 50, firstScenario: 1, count: 50));
        Assert.Throws<ArgumentOutOfRangeException>(() => tails.Add(device.Stream, slice.View, 51, firstScenario: 0, count: 50));
        Assert.Throws<ArgumentOutOfRangeException>(() => tails.Add(device.Stream, slice.View, 50, firstScenario: 0, count: 51));
        Assert.Throws<ArgumentOutOfRangeException>(() => tails.Add(device.Stream, slice.View, 50, firstScenario: 0, count: 0));
    }

    void AssertTails(double[][] gains, int length, int slice, int group = AllThreads, int room = LeastRoom)
    {
        using DeviceBuffers buffers = new(device.Device);
        DeviceTails tails = new(buffers, gains.Length, length, group, room) { Keys = Key };
        for (int first = 0; first < gains[0].Length; first += slice)
        {
            Add(tails, gains, first, Math.Min(slice, gains[0].Length - first));
        }

        AssertSorted(gains, length, tails.Tails(device.Stream));
    }

    // With columns beyond the slice that would spoil every tail.
    static RowKey Key(int row) => RowKey.Account($"account {row}");

    void Add(DeviceTails tails, double[][] gains, int first, int count)
    {
        const int Beyond = 5;
        double[] rows = [.. gains.SelectMany(row => row[first..(first + count)].Concat(Enumerable.Repeat(double.NaN, Beyond)))];
        using MemoryBuffer1D<double, ILGPU.Stride1D.Dense> slice = device.Accelerator.Allocate1D(rows);
        tails.Add(device.Stream, slice.View, count + Beyond, first, count);
        device.Stream.Synchronize();
    }

    static void AssertSorted(double[][] gains, int length, LossTail[] tails)
    {
        Assert.Equal(gains.Length, tails.Length);
        for (int account = 0; account < gains.Length; account++)
        {
            double[] row = gains[account];
            int[] order = [.. Enumerable.Range(0, row.Length).OrderBy(s => row[s]).ThenBy(s => s).Take(length)];
            Assert.Equal(order, tails[account].Scenarios);
            Assert.Equal(
                order.Select(s => BitConverter.DoubleToInt64Bits(0.0 - row[s])),
                tails[account].Losses.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    static double[][] Accounts(int accounts, int scenarios, Func<int, int, double> gain) =>
        [.. Enumerable.Range(0, accounts).Select(account => Enumerable.Range(0, scenarios).Select(s => gain(account, s)).ToArray())];

    static double AnyFinite(Random random)
    {
        for (; ; )
        {
            double x = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(x))
            {
                return x;
            }
        }
    }
}
