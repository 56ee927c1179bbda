namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>A holding of the underlying, m·S.</summary>
sealed class SpotType() : DeltaOneType("spot")
{
    internal override bool IsHeld => true;

    internal override double HeldValue(Instrument instrument, RiskFactor underlying) => instrument.Multiplier * underlying.Level;
}
