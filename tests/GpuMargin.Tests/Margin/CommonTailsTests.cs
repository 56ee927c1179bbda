using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using Xunit;

namespace GpuMargin.Tests.Margin;

public sealed class CommonTailsTests
{
    // Instruments of groups 0, 1 and none; rows of account 0 lie apart.
    static readonly int[] s_groups = [0, 1, -1];

    static LossTail Tail(params int[] scenarios) => new([.. scenarios.Select(scenario => 100.0 - scenario)], scenarios);

    static int[][] Of(int most, params (int Account, int Instrument, double Quantity)[] rows) => CommonTails.Of(
        new PositionTable([.. rows.Select(row => row.Account)], [.. rows.Select(row => row.Instrument)], [.. rows.Select(row => row.Quantity)]),
        s_groups, 2, [Tail(5, 1, 7), Tail(1, 7, 2), Tail(9, 2, 1)], most, 10, default);

    [Fact]
    public void Scenarios_that_most_accounts_have_count_the_first_of_equals()
    {
        int[][] common = Of(3, (0, 0, 1), (1, 0, 1), (2, 1, 1), (0, 0, -1), (2, 0, 1));
        Assert.Equal([[1, 2, 7], [1, 2, 9]], common);
    }

    [Fact]
    public void Only_the_worst_of_a_tail_count() => Assert.Equal([[1, 5], [1, 7]], Of(2, (0, 0, 1), (1, 1, 1)));

    [Fact]
    public void What_is_not_held_has_none() => Assert.Equal([[], []], Of(3, (0, 0, 0), (1, 2, 1)));
}
