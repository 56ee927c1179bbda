using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>A table that a device reads position by position.</summary>
interface ITable<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Coefficient <paramref name="power"/> of the cells whose numbers are raw bits.</summary>
    T Coefficient(int power, T cellBits);
}

/// <summary>
/// A monotone function of a real variable as piecewise polynomials of degree five: the one form in which every marginal
/// distribution, and the copula's chi-square, reaches a device.
/// </summary>
/// <remarks>
/// Cells are uniform in each octave of 1 + |x|, 2^<c>resolution</c> to an octave, so the cell number is a shift of the bits
/// of 1 + |x| and its lower edge an exact subtraction. Negative x has its own cells behind the positive ones. Beyond the
/// last cell the function is held constant.
/// </remarks>
static class MarginalTable
{
    public const int Coefficients = 6;

    /// <param name="x">Not NaN, whose cell would be outside the table.</param>
    /// <param name="bound">Largest |x| of the table; x is clamped to it.</param>
    /// <param name="resolution">Binary digits of a cell number within its octave.</param>
    /// <param name="cells">Cells of one sign.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T, TTable>(T x, TTable table, T bound, int resolution, int cells)
        where T : unmanaged, ILane<T>
        where TTable : struct, ITable<T>
    {
        T magnitude = T.Abs(x);
        magnitude = T.SelectGreater(magnitude, bound, bound, magnitude);
        T a = T.TruncateSignificand(magnitude + T.Of(1), resolution);
        T cell = T.ShiftRightBits(a, T.SignificandBits - resolution);
        int origin = (T.IsSingle ? 127 : 1023) << resolution;
        cell = T.SelectGreater(T.Of(0), x, T.AddBits(cell, cells - origin), T.AddBits(cell, -origin));
        T d = magnitude - (a - T.Of(1));

        T y = table.Coefficient(5, cell);
        y = T.Fma(y, d, table.Coefficient(4, cell));
        y = T.Fma(y, d, table.Coefficient(3, cell));
        y = T.Fma(y, d, table.Coefficient(2, cell));
        y = T.Fma(y, d, table.Coefficient(1, cell));
        return T.Fma(y, d, table.Coefficient(0, cell));
    }
}
