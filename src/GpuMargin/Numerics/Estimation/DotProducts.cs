using System.Numerics;
using System.Runtime.CompilerServices;

namespace GpuMargin.Numerics.Estimation;

/// <summary>Dot products in the widest vectors of the processor, whose last bits depend on that width.</summary>
static class DotProducts
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
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

    /// <summary>Elimination of Cholesky's factorisation by dot products of rows.</summary>
    public static void Eliminate(ReadOnlySpan<double> before, Span<double> row)
    {
        int i = row.Length - 1;
        for (int j = 0; j < i; j++)
        {
            ReadOnlySpan<double> other = before.Slice(Cholesky.Start(j), j + 1);
            row[j] = (row[j] - Of(row[..j], other[..j])) / other[j];
        }

        row[i] -= Of(row[..i], row[..i]);
    }
}
