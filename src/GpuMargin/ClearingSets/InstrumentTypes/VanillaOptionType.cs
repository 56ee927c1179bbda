namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>An option, European or American: A = m·S·e^(−qT), B = m·K·e^(−rT); a European one on an additive price <see cref="NormalOptionTerms"/>.</summary>
sealed class VanillaOptionType() : OptionType("option")
{
    internal override bool AllowsAdditive => true;

    internal override bool AllowsAmerican => true;

    private protected override (double Asset, double Strike) Legs(Instrument instrument, double spot, double discount, double dividends) => (
        instrument.Multiplier * spot * dividends,
        instrument.Multiplier * instrument.Strike * discount);
}
