using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Cholesky's factor of a positive definite correlation matrix R = L·Lᵀ, for densities of many days.</summary>
sealed class CorrelationFactor
{
    /// <summary>Squared pivot below which the matrix counts as singular: 1 − R² of a factor on those before it.</summary>
    public const double LeastPivot = 1e-8;

    readonly double[][] rows; // L, row i has i + 1 entries

    CorrelationFactor(double[][] rows) => this.rows = rows;

    public int Count => rows.Length;

    /// <summary>ln |R|.</summary>
    public double LogDeterminant { get; private set; }

    /// <returns><see langword="null"/> when the matrix is not positive definite, or singular up to <see cref="LeastPivot"/>.</returns>
    public static CorrelationFactor? TryOf(double[,] correlation)
    {
        int count = correlation.GetLength(0);
        double[][] rows = new double[count][];
        CorrelationFactor factor = new(rows);
        for (int i = 0; i < count; i++)
        {
            double[] row = rows[i] = new double[i + 1];
            for (int j = 0; j < i; j++)
            {
                row[j] = (correlation[i, j] - Dot(row.AsSpan(0, j), rows[j].AsSpan(0, j))) / rows[j][j];
            }

            double pivot = correlation[i, i] - Dot(row.AsSpan(0, i), row.AsSpan(0, i));
            if (!(pivot > LeastPivot))
            {
                return null;
            }

            row[i] = Math.Sqrt(pivot);
            factor.LogDeterminant += Math.Log(pivot);
        }

        return factor;
    }

    /// <summary>Quadratic forms xᵀR⁻¹x of several days at once: L·y = x by forward substitution, days in vector lanes.</summary>
    /// <param name="block">[factor, day] with rows of <paramref name="sums"/>' length; holds y afterwards.</param>
    /// <param name="sums">One per day; a multiple of the vector length.</param>
    public void QuadraticForms(double[] block, double[] sums)
    {
        int days = sums.Length;
        Array.Clear(sums);
        for (int i = 0; i < rows.Length; i++)
        {
            double[] row = rows[i];
            double inverse = 1 / row[i];
            ref double target = ref MemoryMarshal.GetArrayDataReference(block);
            for (int day = 0; day < days; day += 2 * Vector<double>.Count)
            {
                nuint second = (nuint)(day + Vector<double>.Count);
                Vector<double> a = Vector.LoadUnsafe(ref target, (nuint)(i * days + day));
                Vector<double> b = Vector.LoadUnsafe(ref target, (nuint)(i * days) + second);
                for (int k = 0; k < i; k++)
                {
                    Vector<double> l = new(-row[k]);
                    a = Vector.FusedMultiplyAdd(l, Vector.LoadUnsafe(ref target, (nuint)(k * days + day)), a);
                    b = Vector.FusedMultiplyAdd(l, Vector.LoadUnsafe(ref target, (nuint)(k * days) + second), b);
                }

                a *= inverse;
                b *= inverse;
                a.StoreUnsafe(ref target, (nuint)(i * days + day));
                b.StoreUnsafe(ref target, (nuint)(i * days) + second);
                ref double sum = ref MemoryMarshal.GetArrayDataReference(sums);
                (Vector.LoadUnsafe(ref sum, (nuint)day) + a * a).StoreUnsafe(ref sum, (nuint)day);
                (Vector.LoadUnsafe(ref sum, second) + b * b).StoreUnsafe(ref sum, second);
            }
        }
    }

    /// <returns>R⁻¹·x.</returns>
    public double[] Solve(double[] x)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = (x[i] - Dot(rows[i].AsSpan(0, i), y.AsSpan(0, i))) / rows[i][i];
        }

        for (int i = y.Length - 1; i >= 0; i--)
        {
            y[i] /= rows[i][i];
            for (int j = 0; j < i; j++)
            {
                y[j] -= rows[i][j] * y[i];
            }
        }

        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector<double> sum = Vector<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
        }

        double total = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }
}
