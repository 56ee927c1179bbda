using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>The rows that books need simulated: first each book's total, behind them, for the estimated correlation, product classes and sub-books.</summary>
/// <remarks>
/// A book's largest class and what is left beside its two worst sub-books are <see cref="RemainderRows"/>: the book less the others, scenario by scenario.
/// Added up from their positions they would cost as much as the book.
/// </remarks>
sealed class BookRows
{
    readonly IReadOnlyList<Book> books;
    readonly ScreenedInstruments instruments;
    readonly InstrumentPlan plan;
    readonly int[] total; // per book
    readonly BookSplit[] splits;
    readonly BookNames names;
    readonly List<int> partStart = [0]; // first position of each part, and behind the last
    readonly List<RowKey> partKeys = [], remainderKeys = [];
    readonly List<int> of = [], lessStart = [0], less = []; // remainders

    /// <summary>One row per book, or, where <see cref="AreAccounts"/>, per account.</summary>
    public PositionRows Totals { get; }

    /// <summary>Whether every book is what one account holds, unscaled.</summary>
    public bool AreAccounts { get; }

    /// <summary>Per book, rows of <see cref="WithParts"/>: its product classes; empty where it has one only.</summary>
    public int[][] Classes { get; }

    /// <summary>Per book, rows of <see cref="WithParts"/>: worst sub-book, second, rest; −1 where there is none, and empty without the concentration component.</summary>
    public int[][] SubBooks { get; }

    /// <param name="accounts">The accounts' rows in a run of these instruments, if there is one.</param>
    /// <param name="requests">What is measured: parts that nothing asks for have no rows.</param>
    public BookRows(
        ClearingSet set, InstrumentPlan plan, IReadOnlyList<Book> books, IReadOnlyList<NettingSet> nettingSets, PositionRows? accounts, RunRequests requests)
    {
        this.books = books;
        this.plan = plan;
        bool classes = requests.AskFor(BookPart.ProductClasses);
        bool subBooks = requests.AskFor(BookPart.WorstSubBook, BookPart.SecondSubBook, BookPart.Remainder);
        instruments = ScreenedInstruments.Of(set, plan, subBooks);
        names = new BookNames(set, nettingSets);
        AreAccounts = accounts is not null && Array.TrueForAll(instruments.Scale, scale => scale == 1)
            && books.All(book => book.Account >= 0);
        total = [.. Enumerable.Range(0, books.Count).Select(b => AreAccounts ? books[b].Account : b)];
        Totals = AreAccounts ? accounts! : PositionRows.From(Whole(), [.. books.Select(names.Of)], plan);
        splits = new BookSplit[books.Count];
        SideBySide.For(splits.Length, () => new BookSplitter(instruments), (b, splitter) =>
            splits[b] = splitter.Split(books[b], classes, subBooks));

        Classes = new int[books.Count][];
        SubBooks = new int[books.Count][];
        int firstRemainder = Totals.Accounts + splits.Sum(split => split.Parts);
        for (int b = 0; b < splits.Length; b++)
        {
            Classes[b] = AddClasses(b, firstRemainder);
            SubBooks[b] = AddSubBooks(b, firstRemainder);
        }
    }

    /// <summary>Row of <see cref="Totals"/> that is a book's.</summary>
    public int Total(int book) => total[book];

    /// <summary>Rows of <see cref="WithParts"/> that are a part of a book; of a book that is one class or one sub-book its own row.</summary>
    public ReadOnlySpan<int> Of(int book, BookPart part)
    {
        return part switch
        {
            BookPart.Whole => total.AsSpan(book, 1),
            BookPart.ProductClasses => Classes[book].Length == 0 ? total.AsSpan(book, 1) : Classes[book],
            BookPart.WorstSubBook => SubBook(0),
            BookPart.SecondSubBook => SubBook(1),
            _ => SubBook(2),
        };

        ReadOnlySpan<int> SubBook(int place) => SubBooks[book] is { Length: > 0 } rows && rows[place] >= 0 ? rows.AsSpan(place, 1) : [];
    }

    /// <summary>Totals, parts and remainders.</summary>
    public PositionRows WithParts() => partStart.Count == 1
        ? Totals
        : Totals.With(PositionRows.From(Parts(), partKeys, plan), new RemainderRows([.. of], [.. lessStart], [.. less]) { Keys = remainderKeys });

    int[] AddClasses(int book, int firstRemainder)
    {
        int largest = splits[book].LargestClass;
        int[] rows = [.. splits[book].Classes.Select(part => part.Class == largest ? -1 : AddPart(names.Of(books[book], RowKind.ProductClass, part.Class), part.Positions))];
        int place = Array.IndexOf(rows, -1);
        if (place >= 0)
        {
            rows[place] = AddRemainder(book, names.Of(books[book], RowKind.ProductClass, largest), firstRemainder, rows.Where(row => row >= 0));
        }

        return rows;
    }

    int[] AddSubBooks(int book, int firstRemainder)
    {
        BookSplit split = splits[book];
        switch (split.Underlyings)
        {
            case 0:
                return [];
            case 1:
                return [Total(book), -1, -1];
            case 2:
                int one = AddPart(SubBook(split.Worst.Underlying), split.Worst.Positions);
                return [one, AddRemainder(book, SubBook(split.Second.Underlying), firstRemainder, [one]), -1];
            default:
                int worst = AddPart(SubBook(split.Worst.Underlying), split.Worst.Positions);
                int second = AddPart(SubBook(split.Second.Underlying), split.Second.Positions);
                return [worst, second, AddRemainder(book, names.Of(books[book]) with { Kind = RowKind.Remainder }, firstRemainder, [worst, second])];
        }

        RowKey SubBook(int underlying) => names.Of(books[book], RowKind.SubBook, underlying);
    }

    int AddPart(RowKey key, int positions)
    {
        int row = Totals.Accounts + partStart.Count - 1;
        partKeys.Add(key);
        partStart.Add(partStart[^1] + positions);
        return row;
    }

    int AddRemainder(int book, RowKey key, int first, IEnumerable<int> others)
    {
        int row = first + of.Count;
        remainderKeys.Add(key);
        of.Add(Total(book));
        less.AddRange(others);
        lessStart.Add(less.Count);
        return row;
    }

    // Parts' rows in order of row, so that each begins where the one before ends.
    PositionTable Parts()
    {
        PositionTable table = new(new int[partStart[^1]], new int[partStart[^1]], new double[partStart[^1]]);
        SideBySide.For(books.Count, b =>
        {
            BookSplit split = splits[b];
            for (int c = 0; c < split.Classes.Length; c++)
            {
                Fill(Classes[b][c], b, instruments.Class, split.Classes[c].Class);
            }

            if (split.Underlyings > 1)
            {
                Fill(SubBooks[b][0], b, instruments.Underlying, split.Worst.Underlying);
                Fill(SubBooks[b][1], b, instruments.Underlying, split.Second.Underlying);
            }
        });
        return table;

        void Fill(int row, int b, int[] group, int value)
        {
            int part = row - Totals.Accounts;
            if (part < partStart.Count - 1)
            {
                Copy(books[b], part, table, partStart[part], instrument => group[instrument] == value);
            }
        }
    }

    PositionTable Whole()
    {
        int[] start = new int[books.Count + 1];
        for (int b = 0; b < books.Count; b++)
        {
            start[b + 1] = start[b] + books[b].Instrument.Length;
        }

        PositionTable table = new(new int[start[^1]], new int[start[^1]], new double[start[^1]]);
        SideBySide.For(books.Count, b => Copy(books[b], b, table, start[b], _ => true));
        return table;
    }

    void Copy(Book book, int row, PositionTable table, int next, Predicate<int> holds)
    {
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            int instrument = book.Instrument[k];
            if (holds(instrument))
            {
                table.Account[next] = row;
                table.Instrument[next] = instrument;
                table.Quantity[next++] = book.Quantity[k] * instruments.Scale[instrument];
            }
        }
    }
}
