namespace GpuMargin.Scenarios;

/// <summary>A monotone function as <see cref="Kernels.MarginalTable"/> evaluates it.</summary>
/// <param name="Origin">Where the two sides meet.</param>
/// <param name="Bound">Largest distance from the origin; constant beyond.</param>
/// <param name="Resolution">Cells per octave of 1 + distance, as a power of two.</param>
/// <param name="Cells">Cells per side, the constant one behind the bound included.</param>
/// <param name="Values">[power, side, cell] in one array: the coefficient of distance-into-the-cell to that power; side 0 is x ≥ origin.</param>
public sealed record MonotoneTable(double Origin, double Bound, int Resolution, int Cells, double[] Values);
