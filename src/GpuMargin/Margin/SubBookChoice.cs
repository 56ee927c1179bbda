using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>The two sub-books of every book with the largest expected shortfall alone, of equal ones the first in file order of the factors.</summary>
/// <remarks>
/// Chosen as if every sub-book had a row. One run of the instruments alone, held and sold, bounds them all (<see cref="SubBookBounds"/>): only those that may be among the two get
/// rows of their own, in a second run, which also measures the two.
/// </remarks>
sealed class SubBookChoice
{
    readonly IReadOnlyList<Book> books;
    readonly BookInstruments read;
    readonly InstrumentPlan plan;
    readonly InstrumentGroups instruments;
    readonly BookNames names;
    readonly double roundingUnit;
    readonly (int First, int Second)[] chosen; // per book, underlyings; −1 where there is none
    readonly (double First, double Second)[] shortfalls; // per book, of the chosen; NaN where it has no more than two
    readonly int[] sure; // per book, the underlying of the one that is known to be among the two; −1 where none is
    readonly int[] undecided; // books with more than two
    readonly int[] held, sold; // per instrument that is read, its row or −1
    readonly List<(int Book, int Underlying)> candidates = []; // in order of book, then underlying
    int[] candidateOf = []; // per row

    /// <param name="books">Without simulated collateral that counts in no concentration.</param>
    public SubBookChoice(
        Precision precision, IReadOnlyList<Book> books, BookInstruments read, InstrumentPlan plan, InstrumentGroups instruments, BookNames names)
    {
        this.books = books;
        this.read = read;
        this.plan = plan;
        this.instruments = instruments;
        this.names = names;
        roundingUnit = precision == Precision.Mixed ? 1.0 / (1 << 24) : 1.0 / (1L << 53);
        chosen = new (int, int)[books.Count];
        shortfalls = new (double, double)[books.Count];
        Array.Fill(shortfalls, (double.NaN, double.NaN));
        sure = new int[books.Count];
        held = new int[read.Read.Instruments.Count];
        sold = new int[held.Length];
        List<int> more = [];
        int[] positions = new int[instruments.Factors];
        for (int b = 0; b < chosen.Length; b++)
        {
            int count = 0, first = int.MaxValue, last = -1;
            foreach (int instrument in books[b].Instrument)
            {
                int underlying = instruments.Underlying[instrument];
                count += positions[underlying]++ == 0 ? 1 : 0;
                (first, last) = (Math.Min(first, underlying), Math.Max(last, underlying));
            }

            chosen[b] = count switch { 0 => (-1, -1), 1 => (first, -1), _ => (first, last) };
            if (count > 2)
            {
                more.Add(b);
                Need(b, positions);
            }

            foreach (int instrument in books[b].Instrument)
            {
                positions[instruments.Underlying[instrument]] = 0;
            }
        }

        undecided = [.. more];
    }

    /// <summary>Underlyings of a book's two sub-books; −1 where it has fewer.</summary>
    public (int First, int Second) this[int book] => chosen[book];

    /// <summary>Expected shortfall of a book's two sub-books, known once they are chosen; NaN of a book with no more than two.</summary>
    public (double First, double Second) Shortfalls(int book) => shortfalls[book];

    /// <summary>One contract of each instrument, held and sold, as far as a bound reads it; <see langword="null"/>: every book has two sub-books at most.</summary>
    public PositionRows? Instruments()
    {
        if (undecided.Length == 0)
        {
            return null;
        }

        List<int> instrument = [];
        List<double> quantity = [];
        List<RowKey> keys = [];
        int[] byPlace = new int[held.Length];
        for (int i = 0; i < byPlace.Length; i++)
        {
            byPlace[plan.PlaceOf[i]] = i;
        }

        foreach (int i in byPlace)
        {
            held[i] = Add(held[i], i, 1, "held");
            sold[i] = Add(sold[i], i, -1, "sold");
        }

        return PositionRows.From(new PositionTable([.. Enumerable.Range(0, keys.Count)], [.. instrument], [.. quantity]), keys, plan);

        int Add(int needed, int i, double contracts, string side)
        {
            if (needed == 0)
            {
                return -1;
            }

            instrument.Add(i);
            quantity.Add(contracts);
            keys.Add(new RowKey(RowKind.Instrument, "one contract", read.Read.Instruments[i].Name, FormattableString.Invariant($"{side}, read on day {read.Read.Day[i]}")));
            return keys.Count - 1;
        }
    }

    /// <param name="tails">Of <see cref="Instruments"/>.</param>
    public void TakeInstruments(IReadOnlyList<LossTail> tails, TailMeasures measures, QuantileRanks ranks)
    {
        (double Shortfall, double Largest)[] alone = new (double, double)[tails.Count];
        SideBySide.For(alone.Length, () => new TailMemory(), (row, memory) =>
        {
            memory.Tail = StoredTails.Read(tails, row, memory.Tail);
            alone[row] = (measures.Of(memory.Tail, RiskMeasure.ExpectedShortfall, ranks), memory.Tail.Losses[0]);
        });
        int[][] open = new int[undecided.Length][];
        SideBySide.For(open.Length, () => new SubBookBounds(instruments, roundingUnit), (i, bounds) =>
        {
            int b = undecided[i];
            bounds.Read(books[b], (instrument, isSold) => alone[(isSold ? sold : held)[read.Of(b, instrument)]]);
            open[i] = Possible(bounds, out sure[undecided[i]]);
        });
        for (int i = 0; i < open.Length; i++)
        {
            foreach (int underlying in open[i])
            {
                candidates.Add((undecided[i], underlying));
            }
        }
    }

    /// <summary>The sub-books that may be among the two of their books; <see langword="null"/>: none.</summary>
    public PositionRows? Rows()
    {
        if (candidates.Count == 0)
        {
            return null;
        }

        // Rows of one underlying stand together, because they hold the same instruments.
        candidateOf = [.. Enumerable.Range(0, candidates.Count).OrderBy(c => candidates[c].Underlying)];
        List<int> row = [], instrument = [];
        List<double> quantity = [];
        for (int r = 0; r < candidateOf.Length; r++)
        {
            (int b, int underlying) = candidates[candidateOf[r]];
            Book book = books[b];
            for (int k = 0; k < book.Instrument.Length; k++)
            {
                if (instruments.Underlying[book.Instrument[k]] == underlying)
                {
                    row.Add(r);
                    instrument.Add(read.Of(b, book.Instrument[k]));
                    quantity.Add(book.Quantity[k]);
                }
            }
        }

        return PositionRows.From(
            new PositionTable([.. row], [.. instrument], [.. quantity]),
            [.. candidateOf.Select(c => names.Of(books[candidates[c].Book], RowKind.SubBook, candidates[c].Underlying))],
            plan);
    }

    /// <param name="rows"><see cref="Rows"/>.</param>
    /// <param name="tails">Of them.</param>
    public void TakeRows(PositionRows rows, IReadOnlyList<LossTail> tails, TailMeasures measures, QuantileRanks ranks)
    {
        double[] shortfall = new double[candidates.Count];
        int[] rowOf = new int[shortfall.Length];
        SideBySide.For(shortfall.Length, () => new TailMemory(), (row, memory) =>
        {
            memory.Tail = StoredTails.Read(tails, row, memory.Tail);
            rowOf[candidateOf[row]] = row;
            shortfall[candidateOf[row]] = measures.Of(memory.Tail, RiskMeasure.ExpectedShortfall, ranks);
        });
        for (int from = 0, to; from < candidates.Count; from = to)
        {
            int book = candidates[from].Book, first = -1, second = -1, known = -1;
            for (to = from; to < candidates.Count && candidates[to].Book == book; to++)
            {
                if (candidates[to].Underlying == sure[book])
                {
                    known = to;
                }
                else if (first < 0 || shortfall[to] > shortfall[first])
                {
                    (first, second) = (to, first);
                }
                else if (second < 0 || shortfall[to] > shortfall[second])
                {
                    second = to;
                }
            }

            // Two that the bounds leave alone stand in order of the factors, one that they leave is the second.
            (first, second) = to - from == 2 ? (from, from + 1) : (first, known >= 0 ? known : second);
            chosen[book] = (candidates[first].Underlying, candidates[second].Underlying);
            shortfalls[book] = (AtMost(first), AtMost(second));
        }

        double AtMost(int candidate) => Math.Min(shortfall[candidate], LossBounds.Of(rows, plan, rowOf[candidate]));
    }

    // Those whose upper bound reaches the second largest lower bound, in order of the factors. That with the largest is one of the two where one other at most may exceed it.
    static int[] Possible(SubBookBounds bounds, out int sure)
    {
        double first = double.NegativeInfinity, second = double.NegativeInfinity;
        int largest = -1;
        foreach (int underlying in bounds.Underlyings)
        {
            double lower = bounds.Lower(underlying);
            largest = lower > first ? underlying : largest;
            (first, second) = lower > first ? (lower, first) : (first, Math.Max(second, lower));
        }

        List<int> possible = [];
        int above = 0;
        foreach (int underlying in bounds.Underlyings)
        {
            double upper = bounds.Upper(underlying);
            above += underlying != largest && upper >= first ? 1 : 0;
            if (upper >= second)
            {
                possible.Add(underlying);
            }
        }

        sure = above <= 1 ? largest : -1;
        possible.Sort();
        return [.. possible];
    }

    // The side that is held of every position, and the other where it hedges another of its sub-book.
    void Need(int b, int[] positions)
    {
        Book book = books[b];
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            int place = read.Of(b, book.Instrument[k]);
            bool both = positions[instruments.Underlying[book.Instrument[k]]] > 1;
            held[place] |= both || book.Quantity[k] > 0 ? 1 : 0;
            sold[place] |= both || book.Quantity[k] < 0 ? 1 : 0;
        }
    }
}
