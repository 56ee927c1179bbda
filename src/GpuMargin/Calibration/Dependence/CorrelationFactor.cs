using System.Numerics;
using System.Runtime.InteropServices;
using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Factored positive definite correlation matrix R = L·Lᵀ, for densities of many days.</summary>
sealed class CorrelationFactor
{
    readonly Cholesky factor;

    CorrelationFactor(Cholesky factor)
    {
        this.factor = factor;
        foreach (double pivot in factor.Pivots)
        {
            LogDeterminant += Math.Log(pivot);
        }
    }

    public int Count => factor.Count;

    /// <summary>ln |R|.</summary>
    public double LogDeterminant { get; }

    /// <returns><see langword="null"/> when the matrix is not positive definite.</returns>
    public static CorrelationFactor? TryOf(double[,] correlation) =>
        Cholesky.TryOf(correlation, DotProducts.Eliminate) is { } factor ? new CorrelationFactor(factor) : null;

    /// <summary>Quadratic forms xᵀR⁻¹x of several days at once: L·y = x by forward substitution, days in vector lanes.</summary>
    /// <param name="block">[factor, day] with rows of <paramref name="sums"/>' length; holds y afterwards.</param>
    /// <param name="sums">One per day; a multiple of the vector length.</param>
    public void QuadraticForms(double[] block, double[] sums)
    {
        int days = sums.Length;
        Array.Clear(sums);
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> row = factor.Row(i);
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
            ReadOnlySpan<double> row = factor.Row(i);
            y[i] = (x[i] - DotProducts.Of(row[..i], y.AsSpan(0, i))) / row[i];
        }

        for (int i = y.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = factor.Row(i);
            y[i] /= row[i];
            for (int j = 0; j < i; j++)
            {
                y[j] -= row[j] * y[i];
            }
        }

        return y;
    }
}
