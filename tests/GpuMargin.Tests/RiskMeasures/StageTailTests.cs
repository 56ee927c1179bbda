using GpuMargin.Backends;
using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.RiskMeasures;

public sealed class StageTailTests
{
    // Few distinct losses, so that ties are everywhere.
    static double[] Losses(int count) => [.. Enumerable.Range(0, count).Select(i => (double)(i * 7919 % 31))];

    static LossTail Worst(double[] losses, int first, int end, int kept)
    {
        int[] order = [.. Enumerable.Range(first, end - first).OrderByDescending(s => losses[s]).ThenBy(s => s).Take(kept)];
        return new LossTail([.. order.Select(s => losses[s])], order);
    }

    [Theory]
    [InlineData(100, 100, 60)]
    [InlineData(100, 20, 10)]
    [InlineData(100, 3, 50)]
    [InlineData(64, 64, 1)]
    [InlineData(1, 1, 9)]
    public void Merged_stages_are_the_worst_of_all_as_far_as_both_tell(int first, int early, int late)
    {
        const int All = 160;
        double[] losses = Losses(All);

        LossTail merged = LossTail.Merge(Worst(losses, 0, first, early), first, Worst(losses, first, All, late), All - first);

        LossTail expected = Worst(losses, 0, All, merged.Losses.Length);
        Assert.Equal(expected.Losses, merged.Losses);
        Assert.Equal(expected.Scenarios, merged.Scenarios);
        Assert.True(merged.Losses.Length >= Math.Min(early < first ? early : All, late < All - first ? late : All));
    }

    [Fact]
    public void Whole_stages_merge_to_everything()
    {
        double[] losses = Losses(50);

        LossTail merged = LossTail.Merge(Worst(losses, 0, 20, 20), 20, Worst(losses, 20, 50, 30), 30);

        Assert.Equal(50, merged.Losses.Length);
        Assert.Equal(Worst(losses, 0, 50, 50).Scenarios, merged.Scenarios);
    }

    [Fact]
    public void A_stage_keeps_its_share_of_the_next_tails_and_six_standard_deviations()
    {
        // 150 of 16,384: a stage of 4,096 holds 37.5 of them and a standard deviation of 5.30; 200 of 32,768 need less.
        Assert.Equal(70, StageTail.Kept(4096, [16384, 32768], [150, 200]));
        // The first stage is all there is at its own checkpoint.
        Assert.Equal(150, StageTail.Kept(16384, [16384], [150]));
        Assert.Equal(64, StageTail.Kept(64, [16384, 64], [150, 64]));
    }
}
