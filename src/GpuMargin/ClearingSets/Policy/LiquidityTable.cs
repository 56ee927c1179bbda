namespace GpuMargin.ClearingSets.Policy;

/// <summary>The rows of liquidity.csv, and which of them each instrument falls under.</summary>
/// <param name="RowOfInstrument">By index into <see cref="ClearingSet.Instruments"/>: index into <paramref name="Rows"/> of the instrument's own row, else of its underlying's; −1: none, possible only without the policy's liquidity component. Empty without liquidity.csv.</param>
public sealed record LiquidityTable(IReadOnlyList<LiquidityTerms> Rows, IReadOnlyList<int> RowOfInstrument)
{
    public static LiquidityTable Empty { get; } = new([], []);
}

/// <summary>One row of liquidity.csv.</summary>
public sealed record LiquidityTerms
{
    /// <summary>Index of the instrument; −1 for the row of an underlying.</summary>
    public int Instrument { get; init; } = -1;

    /// <summary>Index of the price factor; −1 for the row of an instrument.</summary>
    public int Underlying { get; init; } = -1;

    /// <summary>Half the quoted spread as a share of the underlying's level, 0 or more, below 1.</summary>
    public required double HalfSpread { get; init; }

    /// <summary>&gt; 0; contracts a day for an instrument, units of the underlying a day for an underlying.</summary>
    public required double AverageDailyVolume { get; init; }

    /// <summary>Price impact of trading one average daily volume, as a share of the underlying's level, 0 or more.</summary>
    public double Impact { get; init; }
}
