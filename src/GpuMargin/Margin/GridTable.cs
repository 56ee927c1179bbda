using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Every instrument under every move of the scenario grid, and what that makes of books.</summary>
/// <remarks>
/// In a book's grid the underlyings of its positions move, all alike. A factor that is nothing but an exchange rate in the book stays where it is, and so does a settlement coin that
/// the policy lets jump (<see cref="DepegJump"/>): cash does not fall like a coin. So a book's grid depends on nothing that the book does not hold.
/// </remarks>
sealed class GridTable
{
    const int Still = 0;

    readonly ClearingSet set;
    readonly InstrumentPlan plan;
    readonly ScenarioGrid grid;
    readonly IReadOnlyList<GridMove> moves;
    readonly int[] underlying;
    readonly int[] rate; // per instrument, factor of its exchange rate; −1 in run currency
    readonly bool[] isCurrency, isCoin; // per factor
    readonly double[] changes; // [instrument, move], run currency per contract, exchange rates where they are
    readonly double[] converted; // with exchange rates that move, too; empty where there are none
    readonly bool[] isRolled; // per instrument

    public GridTable(ClearingSet set, InstrumentPlan plan, ScenarioGrid grid)
    {
        this.set = set;
        this.plan = plan;
        this.grid = grid;
        moves = GridMargin.Moves(grid);
        int count = set.Instruments.Count;
        underlying = new int[count];
        rate = new int[count];
        for (int i = 0; i < count; i++)
        {
            int shock = plan.FxShock[plan.PlaceOf[i]];
            underlying[i] = set.Instruments[i].Underlying;
            rate[i] = shock < 0 ? -1 : plan.Shocks[shock].Factor;
        }

        (isCurrency, isCoin) = (new bool[set.Factors.Count], new bool[set.Factors.Count]);
        HashSet<string> currencies = [.. set.Settings.Fx.Values.Select(fx => fx.Factor)];
        for (int factor = 0; factor < isCurrency.Length; factor++)
        {
            isCurrency[factor] = currencies.Contains(set.Factors[factor].Name);
        }

        foreach (DepegJump jump in set.Policy!.Depegs)
        {
            isCoin[jump.Factor] = true;
        }

        changes = new double[count * moves.Count];
        converted = Array.TrueForAll(rate, factor => factor < 0) ? [] : new double[changes.Length];
        SideBySide.For(count, i =>
        {
            Instrument instrument = set.Instruments[i];
            double up = Volatility(VolatilityMove.Up), down = Volatility(VolatilityMove.Down);
            for (int m = 0; m < moves.Count; m++)
            {
                double volatility = moves[m].Volatility switch { VolatilityMove.Up => up, VolatilityMove.Down => down, _ => instrument.Volatility };
                changes[i * moves.Count + m] = MovedInstruments.UnderReturn(plan, plan.PlaceOf[i], moves[m].Price, volatility, rateMoves: false);
                if (rate[i] >= 0)
                {
                    converted[i * moves.Count + m] = MovedInstruments.UnderReturn(plan, plan.PlaceOf[i], moves[m].Price, volatility, rateMoves: true);
                }
            }

            double Volatility(VolatilityMove move) => GridMargin.Volatility(Unit(instrument), move, instrument.Volatility, instrument.YearsToExpiry);
        });
        isRolled = new bool[count];
        for (int i = 0; i < count; i++)
        {
            isRolled[i] = set.Instruments[i].Type.IsRolled;
        }
    }

    // The least volatility is a share of the price; that of an option on an additive price is in its units.
    ScenarioGrid Unit(Instrument instrument) => set.Factors[instrument.Underlying] is { Kind: RiskFactorKind.Additive, Level: var level }
        ? grid with { MinimumVolatilityUp = grid.MinimumVolatilityUp * Math.Abs(level) }
        : grid;

    /// <summary>Worst loss and roll shock.</summary>
    /// <param name="memory">This thread's own.</param>
    public decimal Margin(Book book, GridMemory memory)
    {
        int[] columns = memory.Columns;
        int underlyings = 0;
        foreach (int instrument in book.Instrument)
        {
            if (Moves(instrument))
            {
                ref int column = ref columns[underlying[instrument]];
                column = column == Still ? ++underlyings : column;
            }
        }

        Span<double> profitAndLoss = memory.Rows(underlyings * moves.Count);
        Add(book, columns, profitAndLoss);
        decimal roll = 0;
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            int instrument = book.Instrument[k];
            if (isRolled[instrument] && instrument < CollateralFrom)
            {
                int place = plan.PlaceOf[instrument];
                roll += GridMargin.RollShock(
                    grid, book.Quantity[k] * MovedInstruments.Size(plan, place) * plan.FxRate[place], set.Instruments[instrument].YearsToExpiry);
            }
        }

        Array.Clear(columns);
        return GridMargin.WorstLoss(grid, moves, profitAndLoss) + roll;
    }

    // Collateral moves what it is of, unless that is a currency.
    bool Moves(int instrument) =>
        IsCounted(instrument) && !isCoin[underlying[instrument]] && (instrument < CollateralFrom || !isCurrency[underlying[instrument]]);

    bool IsCounted(int instrument) => instrument < CollateralFrom || set.Policy!.Collateral.InAllComponents;

    // Through pointers: a call of the library for every position would cost as much as the sums.
    unsafe void Add(Book book, int[] columns, Span<double> profitAndLoss)
    {
        int count = moves.Count;
        fixed (double* still = changes, moved = converted, sums = profitAndLoss)
        {
            for (int k = 0; k < book.Instrument.Length; k++)
            {
                int instrument = book.Instrument[k];
                int column = columns[underlying[instrument]] - 1;
                if (column >= 0 && IsCounted(instrument))
                {
                    double* rows = rate[instrument] >= 0 && columns[rate[instrument]] != Still ? moved : still;
                    DenseRows.SubtractMultiple(sums + (nint)column * count, -book.Quantity[k], rows + (nint)instrument * count, count);
                }
            }
        }
    }

    /// <summary>Instruments from here on are simulated collateral, which is not rolled, and counts only where the policy says so.</summary>
    public required int CollateralFrom { get; init; }
}
