namespace GpuMargin.Margin;

/// <summary>Splits books, with memory that is used again for the next: one thread's.</summary>
sealed class BookSplitter
{
    readonly ScreenedInstruments instruments;
    readonly int[] positionsOfClass;
    readonly int[] positionsOf;
    readonly double[] up, down; // per underlying
    readonly List<int> classes = [];
    readonly List<int> underlyings = [];

    public BookSplitter(ScreenedInstruments instruments)
    {
        this.instruments = instruments;
        positionsOfClass = new int[instruments.Classes];
        positionsOf = new int[instruments.Factors];
        up = new double[instruments.Factors];
        down = new double[instruments.Factors];
    }

    public BookSplit Split(Book book, bool byClass, bool byUnderlying) =>
        (byUnderlying && book.Instrument.Length > 0 ? ByUnderlying(book) : new BookSplit([], default, default, 0)) with { Classes = byClass ? ByClass(book) : [] };

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

    // Worst by the larger loss of the two moves; of equal ones the first in file order of the factors.
    BookSplit ByUnderlying(Book book)
    {
        underlyings.Clear();
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            int instrument = book.Instrument[k];
            int underlying = instruments.Underlying[instrument];
            if (positionsOf[underlying]++ == 0)
            {
                underlyings.Add(underlying);
                up[underlying] = down[underlying] = 0;
            }

            double quantity = book.Quantity[k];
            up[underlying] += quantity * instruments.Up[instrument];
            down[underlying] += quantity * instruments.Down[instrument];
        }

        int worst = -1, second = -1;
        foreach (int underlying in underlyings)
        {
            if (worst < 0 || Before(underlying, worst))
            {
                (worst, second) = (underlying, worst);
            }
            else if (second < 0 || Before(underlying, second))
            {
                second = underlying;
            }
        }

        BookSplit split = new([], (worst, positionsOf[worst]), second < 0 ? default : (second, positionsOf[second]), underlyings.Count);
        underlyings.ForEach(underlying => positionsOf[underlying] = 0);
        return split;

        bool Before(int a, int b) => (Math.Min(up[a], down[a]), a).CompareTo((Math.Min(up[b], down[b]), b)) < 0;
    }
}
