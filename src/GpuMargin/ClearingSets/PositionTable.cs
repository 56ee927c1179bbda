namespace GpuMargin.ClearingSets;

/// <summary>The rows of positions.csv as columns of equal length, in file order; not yet merged.</summary>
/// <param name="Account">Index into <see cref="ClearingSet.Accounts"/>.</param>
/// <param name="Instrument">Index into <see cref="ClearingSet.Instruments"/>.</param>
/// <param name="Quantity">Contracts, signed.</param>
public sealed record PositionTable(int[] Account, int[] Instrument, double[] Quantity)
{
    public int Count => Quantity.Length;
}
