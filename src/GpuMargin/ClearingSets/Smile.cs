using GpuMargin.Volatility;

namespace GpuMargin.ClearingSets;

/// <summary>One row of smiles.csv.</summary>
/// <param name="Years">To expiry, ACT/365.</param>
/// <param name="Slice">Total variance at the expiry.</param>
public readonly record struct Smile(double Years, SviSlice Slice);
