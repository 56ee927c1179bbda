namespace GpuMargin.Quotes;

/// <summary>Quotes of the options of one expiry, and what is known of its market.</summary>
/// <param name="Expiry">Time.</param>
/// <param name="Years">To it, ACT/365, above zero.</param>
/// <param name="Quotes">With a bid above zero and an ask not below it, each option once.</param>
/// <param name="Skipped">Rows of the expiry that are no such quotes.</param>
sealed record ExpiryQuotes(DateTimeOffset Expiry, double Years, IReadOnlyList<OptionQuote> Quotes, int Skipped)
{
    /// <summary>Price of the underlying.</summary>
    public double? Spot { get; init; }

    public double? Forward { get; init; }

    /// <summary>Continuous, a year.</summary>
    public double? Rate { get; init; }

    /// <summary>Dividend yield, continuous, a year.</summary>
    public double? Yield { get; init; }

    /// <summary>Prices were quoted in units of the underlying, V/F, which is not discounted.</summary>
    public bool IsInCoin { get; init; }
}
