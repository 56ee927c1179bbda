namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>A coin-margined perpetual swap, settled: m·(1/S − 1/S').</summary>
sealed class InversePerpetualType() : DeltaOneType("inverse-perpetual")
{
    internal override bool IsInverse => true;

    internal override bool IsRolled => true;
}
