using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Numerics;

/// <summary>A monotone function as <see cref="Kernels.MarginalTable"/> evaluates it.</summary>
/// <param name="Origin">Where the two sides meet.</param>
/// <param name="Bound">Largest distance from the origin; constant beyond.</param>
/// <param name="Resolution">Cells per octave of 1 + distance, as a power of two.</param>
/// <param name="Cells">Cells per side, the constant one behind the bound included.</param>
/// <param name="Values">[power, side, cell] in one array: the coefficient of distance-into-the-cell to that power; side 0 is x ≥ origin.</param>
sealed record MonotoneTable(double Origin, double Bound, int Resolution, int Cells, double[] Values)
{
    /// <summary>The function in double precision.</summary>
    internal double At(double x) =>
        MarginalTable.Evaluate(Float64.Of(x - Origin), new Coefficients(Values, 2 * Cells), Float64.Of(Bound), Resolution, Cells).Value;

    readonly struct Coefficients(double[] values, int plane) : ITable<Float64>
    {
        public Float64 Coefficient(int power, Float64 cellBits) =>
            Float64.Of(values[power * plane + (int)BitConverter.DoubleToInt64Bits(cellBits.Value)]);
    }
}
