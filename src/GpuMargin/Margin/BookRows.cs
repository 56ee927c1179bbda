using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>The rows that books need simulated: first each book's total and its positions, behind them, for the estimated correlation, the positions' product classes and sub-books.</summary>
/// <remarks>
/// A book that is what one account holds, read at the horizon, is the account's row where accounts are valued in the same run.
/// A book's largest class and what is left beside its two worst sub-books are <see cref="RemainderRows"/>: the book less the others, scenario by scenario.
/// Added up from their positions they would cost as much as the book.
/// </remarks>
sealed class BookRows
{
    readonly IReadOnlyList<Book> books;
    readonly BookInstruments read;
    readonly InstrumentGroups instruments;
    readonly InstrumentPlan plan;
    readonly IReadOnlyList<Book> held; // per book, its positions
    readonly int[] total, positions; // per book; −1 where it has collateral alone
    readonly List<(int Index, Book Book)> own = []; // books, or their positions, with a row of their own
    readonly int accountRows;
    (PositionRows Rows, int[] Places)? ofBooks;
    readonly BookSplit[] splits;
    readonly BookNames names;
    readonly List<int> partStart = [0]; // first position of each part, and behind the last
    readonly List<RowKey> partKeys = [], remainderKeys = [];
    readonly List<int> of = [], lessStart = [0], less = []; // remainders
    readonly int withoutTails;

    /// <summary>The accounts' rows, where accounts are valued in the same run, and behind them the rows of books that are no account's.</summary>
    public PositionRows Totals { get; }

    /// <summary>Per book, rows of <see cref="WithParts"/>: its product classes; empty where it has one only.</summary>
    public int[][] Classes { get; }

    /// <summary>Per book, rows of <see cref="WithParts"/>: worst sub-book, second, rest; −1 where there is none, and empty without the concentration component.</summary>
    public int[][] SubBooks { get; }

    /// <param name="plan">Of the instruments that the books read.</param>
    /// <param name="held">The books without simulated collateral that does not count in their parts.</param>
    /// <param name="accounts">The accounts' rows, if the accounts are valued in the run of the books.</param>
    /// <param name="classes">Whether product classes are measured.</param>
    /// <param name="choice">The two worst sub-books of every book; <see langword="null"/>: sub-books are not measured.</param>
    public BookRows(
        InstrumentPlan plan, IReadOnlyList<Book> books, IReadOnlyList<Book> held, BookInstruments read, InstrumentGroups instruments, BookNames names, PositionRows? accounts,
        bool classes, SubBookChoice? choice)
    {
        this.books = books;
        this.held = held;
        this.plan = plan;
        this.read = read;
        this.instruments = instruments;
        this.names = names;
        accountRows = accounts?.Accounts ?? 0;
        (total, positions) = (new int[books.Count], new int[books.Count]);
        bool parts = classes || choice is not null;
        for (int b = 0; b < total.Length; b++)
        {
            total[b] = RowOf(b, books[b]);
            positions[b] = ReferenceEquals(held[b], books[b]) ? total[b] : parts && held[b].Instrument.Length > 0 ? RowOf(b, held[b]) : -1;
        }

        Totals = accounts is null ? OwnRows(own) : own.Count == 0 ? accounts : accounts.With(OwnRows(own), RemainderRows.None);
        splits = new BookSplit[books.Count];
        SideBySide.For(splits.Length, () => new BookSplitter(instruments), (b, splitter) =>
            splits[b] = splitter.Split(held[b], b, classes, choice));

        Classes = new int[books.Count][];
        SubBooks = new int[books.Count][];
        int firstRemainder = Totals.Accounts + splits.Sum(split => split.Parts);
        for (int b = 0; b < splits.Length; b++)
        {
            Classes[b] = AddClasses(b, firstRemainder);
            SubBooks[b] = splits[b].Underlyings > 2 ? [] : AddSubBooks(b, firstRemainder);
        }

        // Of more than two the worst were measured when they were chosen.
        int measured = partKeys.Count;
        for (int b = 0; b < splits.Length; b++)
        {
            SubBooks[b] = splits[b].Underlyings > 2 ? AddSubBooks(b, firstRemainder) : SubBooks[b];
        }

        withoutTails = partKeys.Count - measured;
    }

    /// <summary>Row of <see cref="Totals"/> that is a book's.</summary>
    public int Total(int book) => total[book];

    /// <summary>Rows of <see cref="WithParts"/> that are a part of a book; of a book that is one class or one sub-book its own row.</summary>
    public ReadOnlySpan<int> Of(int book, BookPart part)
    {
        return part switch
        {
            BookPart.Whole => total.AsSpan(book, 1),
            BookPart.Positions => Positions(),
            BookPart.ProductClasses => Classes[book].Length == 0 ? Positions() : Classes[book],
            BookPart.WorstSubBook => SubBook(0),
            BookPart.SecondSubBook => SubBook(1),
            _ => SubBook(2),
        };

        ReadOnlySpan<int> Positions() => positions[book] >= 0 ? positions.AsSpan(book, 1) : [];

        ReadOnlySpan<int> SubBook(int place) => SubBooks[book] is { Length: > 0 } rows && rows[place] >= 0 ? rows.AsSpan(place, 1) : [];
    }

    /// <summary>The totals alone, and the place of each row of <see cref="Totals"/> among them.</summary>
    public (PositionRows Rows, int[] Places) OfBooks => ofBooks ??= SelectBooks();

    (PositionRows Rows, int[] Places) SelectBooks()
    {
        int[] rows = [.. total.Distinct().Order()];
        int[] places = new int[Totals.Accounts];
        for (int place = 0; place < rows.Length; place++)
        {
            places[rows[place]] = place;
        }

        return (rows.Length == Totals.Accounts ? Totals : Totals.Select(rows), places);
    }

    /// <summary>Totals, parts and remainders.</summary>
    public PositionRows WithParts() => partStart.Count == 1
        ? Totals
        : Totals.With(PositionRows.From(Parts(), partKeys, plan), new RemainderRows([.. of], [.. lessStart], [.. less]) { Keys = remainderKeys, WithoutTails = withoutTails });

    /// <summary>Today's worth of what a book has underlying its positions, or of an option that is worth more, without regard to sign; run currency.</summary>
    public double Gross(int book)
    {
        double gross = 0;
        for (int k = 0; k < books[book].Instrument.Length; k++)
        {
            int place = plan.PlaceOf[read.Of(book, books[book].Instrument[k])];
            double worth = plan.IsOption[place] ? Math.Max(Math.Abs(plan.Asset[place]), Math.Abs(plan.OptionValue[place])) : MovedInstruments.Size(plan, place);
            gross += Math.Abs(books[book].Quantity[k]) * worth * plan.FxRate[place];
        }

        return gross;
    }

    /// <summary>Some books with every position on the other side.</summary>
    public PositionRows Reversed(IReadOnlyList<int> some)
    {
        PositionRows rows = OwnRows([.. some.Select(book => (book, books[book]))]);
        double[] quantity = Array.ConvertAll(rows.Quantity, held => -held);
        return rows with { Quantity = quantity, Keys = [.. rows.Keys.Select(key => key with { Part = "reversed" })] };
    }

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
                return [positions[book], -1, -1];
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
        of.Add(positions[book]);
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
                Copy(b, held[b], part, table, partStart[part], instrument => group[instrument] == value);
            }
        }
    }

    PositionRows OwnRows(List<(int Index, Book Book)> some)
    {
        int[] start = new int[some.Count + 1];
        for (int row = 0; row < some.Count; row++)
        {
            start[row + 1] = start[row] + some[row].Book.Instrument.Length;
        }

        PositionTable table = new(new int[start[^1]], new int[start[^1]], new double[start[^1]]);
        SideBySide.For(some.Count, row => Copy(some[row].Index, some[row].Book, row, table, start[row], _ => true));
        return PositionRows.From(table, [.. some.Select(row => Key(row.Index, row.Book))], plan);
    }

    void Copy(int b, Book book, int row, PositionTable table, int next, Predicate<int> holds)
    {
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            int instrument = book.Instrument[k];
            if (holds(instrument))
            {
                table.Account[next] = row;
                table.Instrument[next] = read.Of(b, instrument);
                table.Quantity[next++] = book.Quantity[k];
            }
        }
    }

    // The account's row where a book is what one account holds, read at the horizon; else one of its own.
    int RowOf(int b, Book book)
    {
        if (accountRows > 0 && book.Account >= 0 && (!read.HaveOthers || Array.TrueForAll(book.Instrument, instrument => read.IsAsHeld(b, instrument))))
        {
            return book.Account;
        }

        own.Add((b, book));
        return accountRows + own.Count - 1;
    }

    RowKey Key(int b, Book book) => ReferenceEquals(book, books[b]) ? names.Of(book) : names.Of(book) with { Part = "positions" };
}
