namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>A perpetual swap, settled: m·(S' − S).</summary>
sealed class PerpetualType() : DeltaOneType("perpetual")
{
    internal override bool IsRolled => true;
}
