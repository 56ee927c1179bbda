using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

public sealed class ShockRowsTests
{
    [Fact]
    public void Rows_are_pairs_of_day_and_factor()
    {
        ShockRows rows = new(3, 1, 2, 5);
        Assert.Equal(9, rows.Count);
        Assert.Equal(new ShockRow(1, 2), rows[2]);
        Assert.Equal(new ShockRow(2, 0), rows[3]);
        Assert.Equal(new ShockRow(5, 1), rows[rows.At(5, 1)]);
        Assert.Equal((0, 3, -1, -1), (rows.FirstBeforeHorizon(1), rows.FirstBeforeHorizon(2), rows.FirstBeforeHorizon(3), rows.FirstBeforeHorizon(5)));
    }

    [Fact]
    public void A_factor_at_the_only_day_is_its_row()
    {
        ShockRows rows = new(4, 10);
        Assert.Equal((0, 3, -1), (rows.At(10, 0), rows.At(10, 3), rows.At(10, -1)));
        Assert.Equal(-1, rows.FirstBeforeHorizon(10));
        Assert.Throws<ArgumentException>(() => rows.At(9, 0));
        Assert.Equal(new ShockRow(0, 1), new ShockRows(2, 0)[1]);
    }

    [Theory]
    [InlineData]
    [InlineData(-1)]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void Days_that_do_not_ascend_are_refused(params int[] days) => Assert.Throws<ArgumentException>(() => new ShockRows(1, days));

    [Fact]
    public void Scenarios_with_another_horizon_or_other_factors_are_refused()
    {
        ShockRows rows = new(2, 1, 5);
        Assert.Same(rows, rows.Of(5, 2));
        Assert.Throws<ArgumentException>(() => rows.Of(4, 2));
        Assert.Throws<ArgumentException>(() => rows.Of(5, 3));
    }
}
