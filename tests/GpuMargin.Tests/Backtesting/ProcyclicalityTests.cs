using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class ProcyclicalityTests
{
    [Fact]
    public void A_short_series_by_hand()
    {
        Procyclicality measures = Procyclicality.Of([100, 80, 120, 90, 180, 200]);
        Assert.Equal((100.0, 200.0, 80.0, 200.0, 2.5), (measures.First, measures.Last, measures.Lowest, measures.Highest, measures.PeakToTrough));
        Assert.Equal(770.0 / 6, measures.Mean, 1e-12);
        Assert.Equal((20 + 40 + 30 + 90 + 20) / 5.0, measures.MeanChange, 1e-12);
        Assert.Equal(new Increase(1, 90, 1), measures.Increases[0]); // 90 → 180
        Assert.Equal(new Increase(5, 100, 1), measures.Increases[1]); // 100 → 200
        Assert.Equal((30, double.NaN, double.NaN), (measures.Increases[2].Days, measures.Increases[2].Amount, measures.Increases[2].Relative));
    }

    [Fact]
    public void The_largest_amount_and_the_largest_share_may_be_of_different_days() =>
        Assert.Equal(new Increase(1, 50, 2), Increase.Largest([10, 30, 80, 120], 1));

    [Fact]
    public void A_requirement_that_only_falls_has_a_negative_increase() => Assert.Equal(new Increase(1, -10, -0.1), Increase.Largest([100, 90, 50], 1));

    [Fact]
    public void Nothing_has_no_ratio()
    {
        Procyclicality measures = Procyclicality.Of([0, 0, 10]);
        Assert.True(double.IsNaN(measures.PeakToTrough));
        Assert.Equal(10, measures.Increases[0].Amount);
        Assert.True(double.IsNaN(Increase.Largest([0, 5], 1).Relative));
    }
}
