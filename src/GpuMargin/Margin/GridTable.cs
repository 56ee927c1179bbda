using GpuMargin.ClearingSets;
using GpuMargin.Margin.Components;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Every instrument under every move of the scenario grid, and what that makes of books.</summary>
sealed class GridTable
{
    readonly ClearingSet set;
    readonly InstrumentPlan plan;
    readonly ScenarioGrid grid;
    readonly IReadOnlyList<GridMove> moves;
    readonly int[] underlying;
    readonly double[] changes; // [instrument, move], run currency per contract

    public GridTable(ClearingSet set, InstrumentPlan plan, ScenarioGrid grid)
    {
        this.set = set;
        this.plan = plan;
        this.grid = grid;
        moves = GridMargin.Moves(grid);
        underlying = [.. set.Instruments.Select(instrument => instrument.Underlying)];
        bool[] moved = new bool[set.Factors.Count];
        foreach (int factor in underlying)
        {
            moved[factor] = true;
        }

        changes = new double[set.Instruments.Count * moves.Count];
        SideBySide.For(set.Instruments.Count, i =>
        {
            Instrument instrument = set.Instruments[i];
            for (int m = 0; m < moves.Count; m++)
            {
                double volatility = GridMargin.Volatility(grid, moves[m].Volatility, instrument.Volatility, instrument.YearsToExpiry);
                changes[i * moves.Count + m] = MovedInstruments.UnderReturn(plan, plan.PlaceOf[i], moves[m].Price, volatility, moved);
            }
        });
    }

    /// <summary>Worst loss and roll shock.</summary>
    public decimal Margin(Book book)
    {
        int[] columns = new int[set.Factors.Count];
        int underlyings = 0;
        foreach (int instrument in book.Instrument)
        {
            ref int column = ref columns[underlying[instrument]];
            column = column == 0 ? ++underlyings : column;
        }

        double[] profitAndLoss = new double[underlyings * moves.Count];
        Add(book, columns, profitAndLoss);
        decimal roll = 0;
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            Instrument instrument = set.Instruments[book.Instrument[k]];
            if (instrument.Type.IsRolled && book.Instrument[k] < CollateralFrom)
            {
                int place = plan.PlaceOf[book.Instrument[k]];
                roll += GridMargin.RollShock(grid, book.Quantity[k] * MovedInstruments.Size(plan, place) * plan.FxRate[place], instrument.YearsToExpiry);
            }
        }

        return GridMargin.WorstLoss(grid, moves, profitAndLoss) + roll;
    }

    // Through pointers: a call of the library for every position would cost as much as the sums.
    unsafe void Add(Book book, int[] columns, double[] profitAndLoss)
    {
        int count = moves.Count;
        fixed (double* rows = changes, sums = profitAndLoss)
        {
            for (int k = 0; k < book.Instrument.Length; k++)
            {
                int instrument = book.Instrument[k];
                int column = columns[underlying[instrument]] - 1;
                DenseRows.SubtractMultiple(sums + (nint)column * count, -book.Quantity[k], rows + (nint)instrument * count, count);
            }
        }
    }

    /// <summary>Instruments from here on are simulated collateral, which is not rolled.</summary>
    public required int CollateralFrom { get; init; }
}
