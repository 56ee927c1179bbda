namespace GpuMargin.ClearingSets.Policy;

/// <summary>The rows of liquidity.csv, and which of them each instrument falls under.</summary>
/// <param name="Rows">Of all dates.</param>
/// <param name="RowOfInstrument">By index into <see cref="ClearingSet.Instruments"/>: index into <paramref name="Rows"/> of the instrument's own row, else of its underlying's; −1: none, possible only without the policy's liquidity component. Empty without liquidity.csv.</param>
public sealed record LiquidityTable(IReadOnlyList<LiquidityTerms> Rows, IReadOnlyList<int> RowOfInstrument)
{
    public static LiquidityTable Empty { get; } = new([], []);

    /// <summary>The same rows as they were known at a time: of each instrument's and underlying's the latest that is not after it.</summary>
    /// <returns>This table where no row is dated.</returns>
    public LiquidityTable On(DateTimeOffset time, IReadOnlyList<Instrument> instruments) =>
        Rows.All(row => row.From == DateTimeOffset.MinValue) ? this : Known(Rows, time, instruments);

    /// <inheritdoc cref="On"/>
    internal static LiquidityTable Known(IReadOnlyList<LiquidityTerms> rows, DateTimeOffset time, IReadOnlyList<Instrument> instruments)
    {
        Dictionary<int, int> ofInstrument = [], ofUnderlying = [];
        for (int row = 0; row < rows.Count; row++)
        {
            LiquidityTerms terms = rows[row];
            (Dictionary<int, int> known, int key) = terms.Instrument >= 0 ? (ofInstrument, terms.Instrument) : (ofUnderlying, terms.Underlying);
            if (terms.From <= time && (!known.TryGetValue(key, out int other) || rows[other].From < terms.From))
            {
                known[key] = row;
            }
        }

        int[] rowOf = new int[instruments.Count];
        for (int i = 0; i < rowOf.Length; i++)
        {
            rowOf[i] = ofInstrument.TryGetValue(i, out int own) ? own : ofUnderlying.GetValueOrDefault(instruments[i].Underlying, -1);
        }

        return new LiquidityTable(rows, rowOf);
    }
}

/// <summary>One row of liquidity.csv.</summary>
public sealed record LiquidityTerms
{
    /// <summary>Index of the instrument; −1 for the row of an underlying.</summary>
    public int Instrument { get; init; } = -1;

    /// <summary>Index of the price factor; −1 for the row of an instrument.</summary>
    public int Underlying { get; init; } = -1;

    /// <summary>Since when the row is known; the least value: always.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Half the quoted spread as a share of the underlying's level, 0 or more, below 1.</summary>
    public required double HalfSpread { get; init; }

    /// <summary>&gt; 0; contracts a day for an instrument, units of the underlying a day for an underlying.</summary>
    public required double AverageDailyVolume { get; init; }

    /// <summary>Price impact of trading one average daily volume, as a share of the underlying's level, 0 or more.</summary>
    public double Impact { get; init; }
}
