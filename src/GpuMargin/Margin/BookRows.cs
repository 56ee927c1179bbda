using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>The rows that books need simulated: each book's total, and under the estimated correlation its product classes and sub-books.</summary>
sealed class BookRows
{
    /// <summary>Largest price move of the screen for the worst sub-books, in standard deviations of the horizon: about the expected shortfall of a normal variate at 99.5 %.</summary>
    const double ScreenDeviations = 3;

    readonly IReadOnlyList<Book> books;

    /// <summary>One row per book; made when asked for.</summary>
    public RowTable Totals
    {
        get
        {
            RowTable table = new();
            foreach (Book book in books)
            {
                AddRow(table, book, _ => true);
            }

            return table;
        }
    }

    /// <summary>Classes and sub-books of all books, in the order of the places below.</summary>
    public RowTable Parts { get; } = new();

    /// <summary>Per book, rows of <see cref="Parts"/>: its product classes; empty where it has one only.</summary>
    public int[][] Classes { get; }

    /// <summary>Per book, rows of <see cref="Parts"/>: worst sub-book, second, rest; −1 where there is none, and empty without the concentration component.</summary>
    public int[][] SubBooks { get; }

    /// <summary>Per instrument, √(margin period of risk / horizon): what a simulated quantity is multiplied by.</summary>
    public double[] Scale { get; }

    public BookRows(ClearingSet set, InstrumentPlan plan, IReadOnlyList<Book> books)
    {
        this.books = books;
        MarginPolicy policy = set.Policy!;
        int horizon = set.Settings.HorizonDays;
        Scale = [.. set.Instruments.Select(instrument =>
            horizon == 0 ? 1 : Math.Sqrt((double)policy.Base.Days(instrument.ProductClass, horizon) / horizon))];
        Classes = [.. books.Select(_ => Array.Empty<int>())];
        SubBooks = [.. books.Select(_ => Array.Empty<int>())];
        (double[] up, double[] down) = policy.Concentration is null ? ([], []) : Screen(set, plan);
        for (int book = 0; book < books.Count; book++)
        {
            if (policy.OffsetLimit is not null)
            {
                AddClasses(book, books[book], set);
            }

            if (policy.Concentration is not null)
            {
                AddSubBooks(book, books[book], set, up, down);
            }
        }
    }

    void AddClasses(int index, Book book, ClearingSet set)
    {
        string[] classes = [.. book.Instrument.Select(i => set.Instruments[i].ProductClass).Distinct()];
        if (classes.Length > 1)
        {
            Classes[index] = [.. classes.Select(name => AddRow(Parts, book, i => set.Instruments[i].ProductClass == name))];
        }
    }

    // Worst by the larger loss of the two moves; of equal ones the first in file order of the factors.
    void AddSubBooks(int index, Book book, ClearingSet set, double[] up, double[] down)
    {
        Dictionary<int, (double Up, double Down)> moved = [];
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            int instrument = book.Instrument[k];
            double quantity = book.Quantity[k] * Scale[instrument];
            (double above, double below) = moved.GetValueOrDefault(set.Instruments[instrument].Underlying);
            moved[set.Instruments[instrument].Underlying] = (above + quantity * up[instrument], below + quantity * down[instrument]);
        }

        int[] order = [.. moved.OrderBy(pair => Math.Min(pair.Value.Up, pair.Value.Down)).ThenBy(pair => pair.Key).Select(pair => pair.Key)];
        int worst = order[0], second = order.Length > 1 ? order[1] : -1;
        SubBooks[index] =
        [
            AddRow(Parts, book, i => set.Instruments[i].Underlying == worst),
            second < 0 ? -1 : AddRow(Parts, book, i => set.Instruments[i].Underlying == second),
            order.Length < 3 ? -1 : AddRow(Parts, book, i => set.Instruments[i].Underlying != worst && set.Instruments[i].Underlying != second),
        ];
    }

    int AddRow(RowTable table, Book book, Predicate<int> holds)
    {
        int row = table.Add();
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            if (holds(book.Instrument[k]))
            {
                table.Position(book.Instrument[k], book.Quantity[k] * Scale[book.Instrument[k]]);
            }
        }

        return row;
    }

    /// <summary>P&amp;L per contract when the underlying alone moves by ±3 standard deviations of the horizon.</summary>
    static (double[] Up, double[] Down) Screen(ClearingSet set, InstrumentPlan plan)
    {
        double[] up = new double[set.Instruments.Count], down = new double[set.Instruments.Count];
        double[] shocks = new double[set.Factors.Count];
        for (int i = 0; i < up.Length; i++)
        {
            int underlying = set.Instruments[i].Underlying;
            double move = ScreenDeviations * Math.Sqrt(set.Factors[underlying].Variance * set.Settings.HorizonDays);
            shocks[underlying] = move;
            up[i] = MovedInstruments.UnderShocks(plan, plan.PlaceOf[i], shocks);
            shocks[underlying] = -move;
            down[i] = MovedInstruments.UnderShocks(plan, plan.PlaceOf[i], shocks);
            shocks[underlying] = 0;
        }

        return (up, down);
    }
}
