namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>A European option: A = m·S·e^(−qT), B = m·K·e^(−rT); on an additive price <see cref="NormalOptionTerms"/>.</summary>
sealed class EuropeanOptionType() : OptionType("option")
{
    internal override bool AllowsAdditive => true;

    private protected override (double Asset, double Strike) Legs(Instrument instrument, double spot, double discount, double dividends) => (
        instrument.Multiplier * spot * dividends,
        instrument.Multiplier * instrument.Strike * discount);
}
