namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>A coin-margined European option, V/F: A = m·e^(−rT), B = m·K·e^(−rT)/F.</summary>
sealed class InverseOptionType() : OptionType("inverse-option")
{
    internal override bool IsInverse => true;

    private protected override (double Asset, double Strike) Legs(Instrument instrument, double spot, double discount, double dividends)
    {
        double forward = spot * dividends / discount;
        return (instrument.Multiplier * discount, instrument.Multiplier * discount * instrument.Strike / forward);
    }
}
