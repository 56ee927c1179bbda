namespace GpuMargin.Margin;

/// <summary>Splits books, with memory that is used again for the next: one thread's.</summary>
sealed class BookSplitter(InstrumentGroups instruments)
{
    readonly int[] positionsOfClass = new int[instruments.Classes];
    readonly int[] positionsOf = new int[instruments.Factors];
    readonly List<int> classes = [];
    readonly List<int> underlyings = [];

    /// <param name="choice">The two worst sub-books of every book; <see langword="null"/>: not split by underlying.</param>
    public BookSplit Split(Book book, int index, bool byClass, SubBookChoice? choice) =>
        (choice is null ? new BookSplit([], default, default, 0) : ByUnderlying(book, choice[index])) with { Classes = byClass ? ByClass(book) : [] };

    (int, int)[] ByClass(Book book)
    {
        classes.Clear();
        foreach (int instrument in book.Instrument)
        {
            int own = instruments.Class[instrument];
            if (positionsOfClass[own]++ == 0)
            {
                classes.Add(own);
            }
        }

        (int, int)[] parts = [.. classes.Select(own => (own, positionsOfClass[own]))];
        classes.ForEach(own => positionsOfClass[own] = 0);
        return parts.Length > 1 ? parts : [];
    }

    BookSplit ByUnderlying(Book book, (int First, int Second) worst)
    {
        underlyings.Clear();
        foreach (int instrument in book.Instrument)
        {
            int underlying = instruments.Underlying[instrument];
            if (positionsOf[underlying]++ == 0)
            {
                underlyings.Add(underlying);
            }
        }

        BookSplit split = new([], Part(worst.First), Part(worst.Second), underlyings.Count);
        underlyings.ForEach(underlying => positionsOf[underlying] = 0);
        return split;

        (int, int) Part(int underlying) => underlying < 0 ? default : (underlying, positionsOf[underlying]);
    }
}
