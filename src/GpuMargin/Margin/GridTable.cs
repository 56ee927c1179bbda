using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Every instrument under every move of the scenario grid, and what that makes of books.</summary>
sealed class GridTable
{
    readonly ClearingSet set;
    readonly InstrumentPlan plan;
    readonly ScenarioGrid grid;
    readonly IReadOnlyList<GridMove> moves;
    readonly double[] changes; // [instrument, move], run currency per contract

    public GridTable(ClearingSet set, InstrumentPlan plan)
    {
        this.set = set;
        this.plan = plan;
        grid = set.Policy!.Grid!;
        moves = GridMargin.Moves(grid);
        bool[] moved = new bool[set.Factors.Count];
        foreach (Instrument instrument in set.Instruments)
        {
            moved[instrument.Underlying] = true;
        }

        changes = new double[set.Instruments.Count * moves.Count];
        Parallel.For(0, set.Instruments.Count, i =>
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
            ref int column = ref columns[set.Instruments[instrument].Underlying];
            column = column == 0 ? ++underlyings : column;
        }

        double[] profitAndLoss = new double[underlyings * moves.Count];
        decimal roll = 0;
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            Instrument instrument = set.Instruments[book.Instrument[k]];
            ReadOnlySpan<double> row = changes.AsSpan(book.Instrument[k] * moves.Count, moves.Count);
            Span<double> sums = profitAndLoss.AsSpan((columns[instrument.Underlying] - 1) * moves.Count, moves.Count);
            double quantity = book.Quantity[k];
            for (int m = 0; m < row.Length; m++)
            {
                sums[m] += quantity * row[m];
            }

            if (instrument.Type is InstrumentType.Future or InstrumentType.Perpetual or InstrumentType.InverseFuture or InstrumentType.InversePerpetual
                && book.Instrument[k] < CollateralFrom)
            {
                int place = plan.PlaceOf[book.Instrument[k]];
                roll += GridMargin.RollShock(grid, quantity * plan.Scale[place] * plan.FxRate[place], instrument.YearsToExpiry);
            }
        }

        return GridMargin.WorstLoss(grid, moves, profitAndLoss) + roll;
    }

    /// <summary>Instruments from here on are simulated collateral, which is not rolled.</summary>
    public required int CollateralFrom { get; init; }
}
