namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>A coin-margined future, settled: m·(1/F − 1/F').</summary>
sealed class InverseFutureType() : DeltaOneType("inverse-future", InstrumentColumn.Expiry)
{
    internal override bool IsInverse => true;

    internal override bool IsRolled => true;
}
