using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>The instruments that books are valued in: every one read at the horizon, as accounts hold it, and behind them those that a book reads on another day.</summary>
/// <remarks>
/// A position is read at the end of its class's own margin period, simulated collateral at the end of the longest of its book. So a path has the days of the longest period, and only
/// what is read on two days is valued twice.
/// </remarks>
sealed class BookInstruments
{
    const int NoDay = -1;

    readonly int collateralFrom;
    readonly int[] ofPosition; // per instrument before the collateral, its place in the list
    readonly Dictionary<(int Instrument, int Day), int> ofCollateral = [];
    readonly int[] longest; // per book, days

    /// <param name="joined">With simulated collateral among its instruments.</param>
    /// <param name="collateralFrom">Instruments from here on are collateral.</param>
    public BookInstruments(ClearingSet joined, int collateralFrom, IReadOnlyList<Book> books)
    {
        this.collateralFrom = collateralFrom;
        int horizon = joined.Settings.HorizonDays;
        List<Instrument> instruments = [.. joined.Instruments];
        List<int> days = new(instruments.Count);
        int[] period = new int[joined.Instruments.Count];
        for (int i = 0; i < period.Length; i++)
        {
            period[i] = joined.Policy!.Base.Days(joined.Instruments[i].ProductClass, horizon);
            days.Add(i < collateralFrom ? horizon : NoDay);
        }

        longest = new int[books.Count];
        bool[] isHeld = new bool[collateralFrom];
        for (int b = 0; b < longest.Length; b++)
        {
            longest[b] = Longest(books[b], period, isHeld);
            foreach (int i in books[b].Instrument)
            {
                if (i >= collateralFrom)
                {
                    ofCollateral.TryAdd((i, longest[b]), NoDay);
                }
            }
        }

        // The first day on which an asset is read takes its place in the joined set.
        foreach ((int i, int day) in ofCollateral.Keys.Order().ToArray())
        {
            bool first = days[i] == NoDay;
            days[i] = first ? day : days[i];
            ofCollateral[(i, day)] = first ? i : Add(i, day);
        }

        ofPosition = new int[collateralFrom];
        for (int i = 0; i < collateralFrom; i++)
        {
            ofPosition[i] = isHeld[i] && period[i] != horizon ? Add(i, period[i]) : i;
        }

        Read = new ReadInstruments(instruments, [.. days], collateralFrom, horizon);

        int Add(int instrument, int day)
        {
            instruments.Add(joined.Instruments[instrument]);
            days.Add(day);
            return days.Count - 1;
        }
    }

    public ReadInstruments Read { get; }

    /// <summary>Whether books read anything that accounts do not.</summary>
    public bool HaveOthers => Read.Instruments.Count > collateralFrom;

    /// <summary>Days of the path that a book's last instrument is read at the end of.</summary>
    public int Days(int book) => longest[book];

    /// <summary>What a book reads an instrument as: its place in <see cref="Read"/>.</summary>
    /// <param name="instrument">Of the joined set.</param>
    public int Of(int book, int instrument) =>
        instrument < collateralFrom ? ofPosition[instrument] : ofCollateral[(instrument, longest[book])];

    /// <summary>Whether a book reads an instrument as the account that holds it does.</summary>
    public bool IsAsHeld(int book, int instrument) => instrument < collateralFrom && Of(book, instrument) == instrument;

    // Of the positions; a book that has collateral alone has the period of the collateral's class.
    int Longest(Book book, int[] period, bool[] isHeld)
    {
        int days = 0;
        foreach (int i in book.Instrument)
        {
            if (i < collateralFrom)
            {
                isHeld[i] = true;
                days = Math.Max(days, period[i]);
            }
        }

        return days > 0 || book.Instrument.Length == 0 ? days : period[book.Instrument[0]];
    }
}
