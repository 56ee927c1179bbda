using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin.Attribution;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>Several accounts attributed together are what each is alone, and their losses are counted once.</summary>
public sealed class AttributedSetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Sampling.Philox, Importance.Off)]
    [InlineData(Sampling.Sobol, Importance.On)]
    public void Together_and_alone_are_the_same_bits(Sampling sampling, Importance importance)
    {
        ClearingSet set = ClearingSetFiles.Read(SmallSet.WriteTo(folder["set"]), new RunOverrides { Sampling = sampling, Importance = importance });
        CpuBackend backend = new();
        int?[] scenarios = [null, 512, null];
        AttributedSet attributed = new(set, scenarios, CancellationToken.None);
        List<string> taken = [];
        attributed.Some(
            [.. Enumerable.Range(0, 3).Select(account => (account, new LossHistogram(0, 1, 4)))], backend,
            (tail, moves, losses) =>
            {
                int account = Enumerable.Range(0, 3).Single(number => set.Accounts[number] == tail.Account);
                (PositionTail alone, TailMoves aloneMoves) = attributed.One(account, backend, CancellationToken.None);
                Assert.Equal(alone.Losses, tail.Losses);
                Assert.Equal(alone.Whole, tail.Whole);
                Assert.Equal(aloneMoves.Drivers, moves.Drivers);
                Assert.Equal(aloneMoves.In(0), moves.In(0));
                Assert.InRange(losses.Weights.Sum(), 0, losses.Total);
                if (importance == Importance.Off)
                {
                    Assert.Equal(scenarios[account] ?? set.Settings.Scenarios, losses.Total);
                }

                taken.Add(tail.Account);
            },
            CancellationToken.None);

        Assert.Equal(set.Accounts.Order(), taken.Order());
    }

    [Fact]
    public void Losses_at_an_edge_count_above_it_and_those_above_all_bins_in_the_last()
    {
        LossHistogram losses = new(10, 5, 3);
        foreach ((double loss, double weight) in ((double, double)[])[(9.9, 1), (10, 2), (15, 0.5), (19.9, 0.25), (20, 1), (1e9, 4)])
        {
            losses.Add(loss, weight);
        }

        Assert.Equal([2, 0.75, 5], losses.Weights);
        Assert.Equal(8.75, losses.Total);
    }
}
