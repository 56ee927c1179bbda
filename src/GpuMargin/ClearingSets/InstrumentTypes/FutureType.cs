namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>A future, settled: m·(F' − F).</summary>
sealed class FutureType() : DeltaOneType("future", InstrumentColumn.Expiry)
{
    internal override bool IsRolled => true;
}
