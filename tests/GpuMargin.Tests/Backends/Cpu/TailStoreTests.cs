using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using Xunit;

namespace GpuMargin.Tests.Backends.Cpu;

public sealed class TailStoreTests
{
    const int Chunk = 64;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1000)]
    [InlineData(146, 10_000)]
    [InlineData(300, 200)]
    [InlineData(5000, 20_000)]
    public void The_tail_is_what_sorting_everything_gives_in_whatever_order_blocks_arrive(int length, int scenarios)
    {
        Random random = new(scenarios);
        double[] gains = [.. Enumerable.Range(0, scenarios).Select(_ => random.NextDouble() - 0.5)];
        AssertTail(gains, length, seed: 1);
        AssertTail(gains, length, seed: 2);
    }

    [Fact]
    public void No_account_writes_into_its_neighbours_room()
    {
        // Just before the tail is full an account keeps the most: an eighth more than the rank that its level falls to.
        for (int length = 1000; length <= 4000; length += 50)
        {
            Random random = new(length);
            int scenarios = 3 * length / Chunk * Chunk;
            TailStore store = new(2, Key, length, scenarios);
            double[] gains = [.. Enumerable.Range(0, scenarios).Select(_ => random.NextDouble())];
            for (int chunk = 0; chunk < scenarios; chunk += Chunk)
            {
                Add(store, 1, chunk, gains.AsSpan(chunk, Chunk));
            }

            for (int chunk = 0; chunk < scenarios; chunk += Chunk)
            {
                Add(store, 0, chunk, [.. Enumerable.Range(chunk, Chunk).Select(s => -1.0 * s - random.NextDouble())]);
            }

            AssertSorted(gains, length, store.Tail(1));
        }
    }

    [Fact]
    public void Ties_are_kept_by_scenario() =>
        AssertTail([.. Enumerable.Range(0, 5000).Select(s => (double)(s * 7 % 13))], length: 900, seed: 3);

    [Fact]
    public void Losses_that_grow_with_the_scenario_displace_all_before_them()
    {
        AssertTail([.. Enumerable.Range(0, 5000).Select(s => -1.0 * s)], length: 100, seed: 4);
        AssertTail([.. Enumerable.Range(0, 5000).Select(s => 1.0 * s)], length: 100, seed: 4);
    }

    [Fact]
    public void Losses_that_differ_by_less_than_the_least_normal_number_are_sorted() =>
        AssertTail([.. Enumerable.Range(0, 640).Select(s => double.Epsilon * (s * 7 % 640))], length: 200, seed: 5);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-3.5)]
    public void A_flat_account_keeps_its_first_scenarios(double gain)
    {
        TailStore store = new(1, Key, 50);
        foreach (int chunk in Shuffled(40, 5))
        {
            Add(store, 0, chunk * Chunk, [.. Enumerable.Repeat(gain, Chunk)]);
        }

        LossTail tail = store.Tail(0);
        Assert.Equal(Enumerable.Range(0, 50), tail.Scenarios);
        Assert.All(tail.Losses, loss => Assert.Equal(-gain, loss));
    }

    [Fact]
    public void A_tail_may_be_read_into_the_memory_of_another()
    {
        TailStore store = new(3, Key, 50);
        Random random = new(6);
        for (int account = 0; account < 3; account++)
        {
            Add(store, account, 0, [.. Enumerable.Range(0, account == 2 ? 20 : 500).Select(_ => random.NextDouble())]);
        }

        StoredTails tails = new(store, 3);
        LossTail first = tails[0], second = tails[1], few = tails[2];
        LossTail over = tails.Read(1, first);
        Assert.Same(first.Losses, over.Losses);
        Assert.Equal(second.Losses, over.Losses);
        Assert.Equal(second.Scenarios, over.Scenarios);
        LossTail fewer = tails.Read(2, over);
        Assert.Equal(few.Losses, fewer.Losses);
        Assert.Equal(few.Scenarios, fewer.Scenarios);
        Assert.Equal(second.Losses, over.Losses);
    }

    [Fact]
    public void Zeros_of_either_sign_tie_and_are_kept_as_positive_zero()
    {
        TailStore store = new(1, Key, 20);
        Add(store, 0, 0, [.. Enumerable.Range(0, 1000).Select(s => s % 3 == 0 ? 0.0 : -0.0)]);
        LossTail tail = store.Tail(0);
        Assert.Equal(Enumerable.Range(0, 20), tail.Scenarios);
        Assert.All(tail.Losses, loss => Assert.Equal(0, BitConverter.DoubleToInt64Bits(loss)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_named_by_account_and_scenario_wherever_it_stands(double gain)
    {
        for (int at = 0; at < 70; at++)
        {
            foreach (double others in (double[])[1.0, -1.0])
            {
                // A full tail first, so that the quick comparison with its threshold stands in the way.
                TailStore store = new(3, Key, 10);
                Add(store, 2, 0, [.. Enumerable.Repeat(0.0, 500)]);
                double[] gains = [.. Enumerable.Repeat(others, 70)];
                gains[at] = gain;
                var thrown = Assert.Throws<NonFiniteProfitAndLossException>(() => Add(store, 2, 640, gains));
                Assert.Equal((Key(2), 640 + at), (thrown.Row, thrown.Scenario));
            }
        }
    }

    [Fact]
    public void Several_threads_in_any_order_keep_the_same_tails()
    {
        const int Accounts = 5, Blocks = 200, Length = 146, Threads = 4;
        Random random = new(9);
        double[][] gains = [.. Enumerable.Range(0, Accounts).Select(a => Enumerable.Range(0, Blocks * Chunk).Select(_ => Math.Round(random.NextDouble(), 3 + a)).ToArray())];
        for (int round = 0; round < 10; round++)
        {
            TailStore store = new(Accounts, Key, Length);
            (int Account, int Block)[] arrivals = [.. from account in Enumerable.Range(0, Accounts) from block in Enumerable.Range(0, Blocks) select (account, block)];
            new Random(round).Shuffle(arrivals);
            Parallel.For(0, Threads, thread =>
            {
                for (int i = thread; i < arrivals.Length; i += Threads)
                {
                    (int account, int block) = arrivals[i];
                    Add(store, account, block * Chunk, gains[account].AsSpan(block * Chunk, Chunk));
                }
            });
            for (int account = 0; account < Accounts; account++)
            {
                AssertSorted(gains[account], Length, store.Tail(account));
            }
        }
    }

    [Fact]
    public void Rows_of_many_accounts_go_to_each_of_them()
    {
        const int Accounts = 150, Scenarios = 37, First = 3;
        double[] gains = [.. Enumerable.Range(0, Accounts * Scenarios).Select(i => (double)(i * 7919 % 104_729))];
        TailStore store = new(First + Accounts, Key, 10);
        store.Add(First, 0, Scenarios, gains);
        Assert.Empty(store.Tail(First - 1).Losses);
        for (int account = 0; account < Accounts; account++)
        {
            AssertSorted(gains[(account * Scenarios)..((account + 1) * Scenarios)], 10, store.Tail(First + account));
        }
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(146, 10_000)]
    [InlineData(1271, 100_000)]
    [InlineData(300, 200)]
    public void A_level_that_falls_early_leaves_the_tail_whole(int length, int scenarios)
    {
        Random random = new(length);
        double[] gains = [.. Enumerable.Range(0, scenarios).Select(_ => Math.Log(random.NextDouble()))];
        for (int seed = 1; seed <= 5; seed++)
        {
            TailStore store = Filled(gains, length, Shuffled((gains.Length + Chunk - 1) / Chunk, seed), scenarios);
            Assert.False(store.Lacks(0));
            AssertSorted(gains, length, store.Tail(0));
        }
    }

    [Fact]
    public void An_account_whose_worst_scenarios_come_first_lacks_losses_and_says_so()
    {
        // After a tenth of the scenarios the level is that of the worst fifteenth or so, and nothing later is as bad.
        double[] gains = [.. Enumerable.Range(0, 20_000).Select(s => s < 2_000 ? -1e6 - s : -s % 1000)];
        TailStore store = Filled(gains, 2_500, [.. Enumerable.Range(0, (gains.Length + Chunk - 1) / Chunk)], gains.Length);
        Assert.True(store.Lacks(0));
        AssertSorted(gains, 2_500, Filled(gains, 2_500, [.. Enumerable.Range(0, (gains.Length + Chunk - 1) / Chunk)], 0).Tail(0));
    }

    [Fact]
    public void Ties_at_an_early_level_stay_until_the_tail_decides()
    {
        foreach (double[] gains in (double[][])[
            [.. Enumerable.Repeat(0.0, 10_000)],
            [.. Enumerable.Range(0, 10_000).Select(s => s % 50 == 0 ? -1.0 : 0.0)],
            [.. Enumerable.Range(0, 10_000).Select(s => (double)(s * 7 % 13))]])
        {
            TailStore store = Filled(gains, 146, Shuffled((gains.Length + Chunk - 1) / Chunk, 6), gains.Length);
            Assert.False(store.Lacks(0));
            AssertSorted(gains, 146, store.Tail(0));
        }
    }

    [Fact]
    public void One_far_loss_leaves_the_order_of_the_others()
    {
        Random random = new(8);
        double[] gains = [.. Enumerable.Range(0, 10_000).Select(s => s == 7 ? -1e300 : random.NextDouble())];
        AssertSorted(gains, 146, Filled(gains, 146, Shuffled((gains.Length + Chunk - 1) / Chunk, 9), gains.Length).Tail(0));
    }

    static TailStore Filled(double[] gains, int length, int[] chunks, int scenarios)
    {
        TailStore store = new(1, Key, length, scenarios);
        foreach (int chunk in chunks)
        {
            Add(store, 0, chunk * Chunk, gains.AsSpan(chunk * Chunk, Math.Min(Chunk, gains.Length - chunk * Chunk)));
        }

        return store;
    }

    static RowKey Key(int row) => RowKey.Account($"account {row}");

    static void Add(TailStore store, int account, int firstScenario, ReadOnlySpan<double> gains)
    {
        for (; !gains.IsEmpty; gains = gains[Math.Min(Chunk, gains.Length)..], firstScenario += Chunk)
        {
            int scenarios = Math.Min(Chunk, gains.Length);
            store.Add(account, firstScenario, scenarios, gains[..scenarios]);
        }
    }

    static void AssertTail(double[] gains, int length, int seed)
    {
        TailStore store = new(2, Key, length);
        foreach (int chunk in Shuffled((gains.Length + Chunk - 1) / Chunk, seed))
        {
            Add(store, 1, chunk * Chunk, gains.AsSpan(chunk * Chunk, Math.Min(Chunk, gains.Length - chunk * Chunk)));
        }

        AssertSorted(gains, length, store.Tail(1));
        Assert.Empty(store.Tail(0).Losses);
    }

    static void AssertSorted(double[] gains, int length, LossTail tail)
    {
        int[] order = [.. Enumerable.Range(0, gains.Length).OrderBy(s => gains[s]).ThenBy(s => s).Take(length)];
        Assert.Equal(order, tail.Scenarios);
        Assert.Equal(order.Select(s => 0.0 - gains[s]), tail.Losses);
    }

    static int[] Shuffled(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        return order;
    }
}
