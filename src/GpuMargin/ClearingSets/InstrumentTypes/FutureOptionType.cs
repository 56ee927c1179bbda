namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>An option on a future, paid for at once: A = m·F·e^(−rT), B = m·K·e^(−rT), F the level of the underlying factor (Black 1976).</summary>
sealed class FutureOptionType() : OptionType("future-option")
{
    internal override bool IsOnFuture => true;

    internal override bool AllowsAmerican => true;

    /// <summary>r: the price of a future has no drift.</summary>
    internal override double Yield(Instrument instrument, double years) => instrument.RateTo(years);

    private protected override (double Asset, double Strike) Legs(Instrument instrument, double spot, double discount, double dividends) => (
        instrument.Multiplier * spot * discount,
        instrument.Multiplier * instrument.Strike * discount);
}
