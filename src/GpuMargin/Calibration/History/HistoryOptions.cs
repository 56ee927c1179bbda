namespace GpuMargin.Calibration.History;

/// <summary>How a price history is read.</summary>
public sealed record HistoryOptions
{
    public HistoryValues Values { get; init; } = HistoryValues.Prices;

    public MissingPolicy Missing { get; init; } = MissingPolicy.Refuse;

    /// <summary>Several rows of a day (UTC) become one: the last price, or the sum of returns. Without it they are a fault.</summary>
    public bool AggregateDaily { get; init; }

    /// <summary>Columns whose level may have any sign: their returns are differences, in units of the price.</summary>
    public IReadOnlyList<string> Additive { get; init; } = [];

    /// <summary>Only the last so many returns are used (and, with <see cref="MissingPolicy.Refuse"/>, looked at); all when null.</summary>
    public int? Window { get; init; }

    /// <summary>So many days in a row without a change are reported as stale.</summary>
    public int StaleDays { get; init; } = 10;

    /// <summary>A one-day change of this size or more is reported as an outlier: relative for prices, absolute for returns. Changes of additive columns are compared with their median.</summary>
    public double LargestJump { get; init; } = 0.5;
}

public enum HistoryValues
{
    /// <summary>Levels &gt; 0, whose returns are log-returns; of additive columns any levels, whose returns are differences.</summary>
    Prices,

    /// <summary>Returns as they are, in whatever unit.</summary>
    Returns,
}

/// <summary>What becomes of days on which a factor has no value.</summary>
public enum MissingPolicy
{
    /// <summary>Every missing value is a fault.</summary>
    Refuse,

    /// <summary>The day is left out for all factors; a return then spans the gap.</summary>
    Drop,

    /// <summary>The last price stands, a missing return is 0; days before a factor's first value are left out.</summary>
    ForwardFill,
}
