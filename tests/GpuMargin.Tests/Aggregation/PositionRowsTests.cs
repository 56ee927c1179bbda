using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Aggregation;

public sealed class PositionRowsTests
{
    const int Block = PositionSum.InstrumentBlock;

    [Fact]
    public void Rows_of_the_same_account_and_instrument_add_up_and_zeros_fall_out()
    {
        PositionRows rows = Merge(4, [(0, 2, 1.5), (1, 0, 7), (0, 2, 2), (0, 1, 0), (0, 3, 4), (0, 3, -4), (2, 0, 0)], accounts: 3);

        Assert.Equal([0, 1, 2, 2], rows.Start);
        Assert.Equal([2, 0], rows.Instrument);
        Assert.Equal([3.5, 7], rows.Quantity);
        Assert.Equal([1, 1, 0], Enumerable.Range(0, 3).Select(rows.Count));
    }

    [Fact]
    public void Instruments_ascend_in_plan_order_whatever_the_order_of_the_rows()
    {
        (int, int, double)[] positions = [(0, 5, 1), (1, 2, 2), (0, 0, 3), (1, 9, 4), (0, 9, 5), (1, 0, 6), (0, 5, 7)];
        PositionRows rows = Merge(10, positions, accounts: 2);
        Assert.Equal([0, 5, 9, 0, 2, 9], rows.Instrument);
        Assert.Equal([3, 8, 5, 6, 2, 4.0], rows.Quantity);

        PositionRows reversed = Merge(10, [.. positions.Reverse()], accounts: 2);
        Assert.Equal(rows.Instrument, reversed.Instrument);
        Assert.Equal(rows.Quantity, reversed.Quantity);
    }

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(PositionSum.RunLength, new[] { PositionSum.RunLength })]
    [InlineData(PositionSum.RunLength + 1, new[] { PositionSum.RunLength, PositionSum.RunLength + 1 })]
    [InlineData(2 * PositionSum.RunLength, new[] { PositionSum.RunLength, 2 * PositionSum.RunLength })]
    public void Runs_end_after_their_longest_length(int positions, int[] ends)
    {
        PositionRows rows = Merge(100, [.. Enumerable.Range(0, positions).Select(i => (0, i, 1.0))], accounts: 1);

        Assert.Equal(ends, rows.RunEnd);
        Assert.Equal([0, ends.Length], rows.RunStart);
    }

    [Fact]
    public void Runs_end_where_the_next_instrument_lies_in_another_block_and_where_the_account_ends()
    {
        PositionRows rows = Merge(
            3 * Block, [(0, Block - 2, 1), (0, Block - 1, 1), (0, Block, 1), (0, 2 * Block, 1), (0, 2 * Block + 1, 1), (1, 2 * Block + 2, 1)], accounts: 2);

        Assert.Equal([2, 3, 5, 6], rows.RunEnd);
        Assert.Equal([0, 3, 4], rows.RunStart);
    }

    [Fact]
    public void Selected_accounts_keep_their_rows_and_runs()
    {
        PositionRows rows = Merge(
            3 * Block, [(0, Block - 1, 1), (0, Block, 2), (1, 4, 3), (2, 1, 4), (2, 2 * Block, 5), (2, 2 * Block + 1, 6)], accounts: 4);

        PositionRows selected = rows.Select([2, 3, 0]);

        Assert.Equal([0, 3, 3, 5], selected.Start);
        Assert.Equal([1, 2 * Block, 2 * Block + 1, Block - 1, Block], selected.Instrument);
        Assert.Equal([4, 5, 6, 1, 2.0], selected.Quantity);
        Assert.Equal([1, 3, 4, 5], selected.RunEnd);
        Assert.Equal([0, 2, 2, 4], selected.RunStart);
        Assert.Equal([1, Block - 1, Block, 2 * Block, 2 * Block + 1], Enumerable.Range(0, 3 * Block).Where(i => selected.Held(3 * Block)[i]));
    }

    [Fact]
    public void A_run_is_a_chain_of_fused_multiply_adds_and_runs_are_added_in_order()
    {
        const int Positions = 2 * PositionSum.RunLength + 5;
        VariedSet shape = new() { Instruments = Positions, Accounts = 1, Positions = 1, Scenarios = 70 };
        ClearingSet set = shape.Build(Precision.Double);
        int[] all = [.. Enumerable.Range(0, Positions)];
        double[] quantity = [.. all.Select(i => (i % 2 == 0 ? 1.1 : -0.7) * (i + 1))];
        CpuBackend backend = new();
        double[,] each = Visited.ProfitAndLoss(backend, MarginCalculator.Plan(Revaluation.ProfitAndLossOracleTests.OneAccountEach(set)));
        ValuationRun plan = MarginCalculator.Plan(set with { Positions = new PositionTable(new int[Positions], all, quantity) });
        double[,] together = Visited.ProfitAndLoss(backend, plan);
        for (int s = 0; s < each.GetLength(0); s++)
        {
            double total = 0;
            for (int run = 0; run < Positions; run += PositionSum.RunLength)
            {
                double partial = 0;
                for (int k = run; k < Math.Min(run + PositionSum.RunLength, Positions); k++)
                {
                    int instrument = Array.IndexOf(plan.Instruments.PlaceOf, k);
                    partial = Math.FusedMultiplyAdd(quantity[instrument], each[s, instrument], partial);
                }

                total += partial;
            }

            Assert.Equal(BitConverter.DoubleToInt64Bits(total), BitConverter.DoubleToInt64Bits(together[s, 0]));
        }
    }

    [Fact]
    public void The_order_of_position_rows_changes_no_bit_of_an_account()
    {
        // Quantities are eighths, so duplicates add up exactly in any order.
        ClearingSet set = new VariedSet { Accounts = 9, Positions = 100, Instruments = 1100, Scenarios = 200 }.Build(Precision.Mixed);
        PositionTable table = set.Positions;
        int[] order = [.. Enumerable.Range(0, table.Count)];
        new Random(4).Shuffle(order);
        ClearingSet shuffled = set with
        {
            Positions = new PositionTable(
                [.. order.Select(row => table.Account[row])], [.. order.Select(row => table.Instrument[row])], [.. order.Select(row => table.Quantity[row])]),
        };

        Assert.Equal(MarginCalculator.Calculate(set, new CpuBackend()).Accounts, MarginCalculator.Calculate(shuffled, new CpuBackend()).Accounts);
    }

    // Instruments that keep their file order in the plan: spots on one factor.
    static PositionRows Merge(int instruments, (int Account, int Instrument, double Quantity)[] positions, int accounts)
    {
        ClearingSet set = new VariedSet { Factors = 1, Instruments = 1 }.Build(Precision.Double);
        Instrument spot = set.Instruments[0];
        set = set with
        {
            Instruments = [.. Enumerable.Range(0, instruments).Select(i => spot with { Name = $"I{i}" })],
            Accounts = [.. Enumerable.Range(0, accounts).Select(i => $"A{i}")],
            Positions = new PositionTable(
                [.. positions.Select(p => p.Account)], [.. positions.Select(p => p.Instrument)], [.. positions.Select(p => p.Quantity)]),
        };
        return MarginCalculator.Plan(set).Positions;
    }
}
