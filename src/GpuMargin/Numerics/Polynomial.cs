namespace GpuMargin.Numerics;

/// <summary>Polynomials on [−1, 1] through values at Chebyshev's points of the first kind, as coefficients of powers.</summary>
static class Polynomial
{
    /// <summary>cos((i + ½)π/n), falling.</summary>
    public static double[] Points(int count) => [.. Enumerable.Range(0, count).Select(i => HostMath.Sin(Math.PI / 2 * (count - 2 * i - 1) / count))];

    /// <summary>Coefficients of the powers, [k], k below the number of values.</summary>
    /// <param name="values">At <see cref="Points"/>.</param>
    public static double[] Through(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        double[] powers = new double[n], chebyshev = new double[n];
        double[,] basis = Basis(n);
        double[] points = Points(n);
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                chebyshev[k] += values[i] * At(Row(basis, k), points[i]);
            }

            chebyshev[k] *= (k == 0 ? 1.0 : 2.0) / n;
        }

        for (int k = 0; k < n; k++)
        {
            for (int power = 0; power <= k; power++)
            {
                powers[power] += chebyshev[k] * basis[k, power];
            }
        }

        return powers;
    }

    /// <summary>Horner's rule.</summary>
    public static double At(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        for (int k = coefficients.Length - 1; k >= 0; k--)
        {
            sum = sum * x + coefficients[k];
        }

        return sum;
    }

    // Chebyshev's polynomials as powers: T(k + 1) = 2x·T(k) − T(k − 1).
    static double[,] Basis(int count)
    {
        double[,] basis = new double[count, count];
        for (int k = 0; k < count; k++)
        {
            if (k < 2)
            {
                basis[k, k] = 1;
                continue;
            }

            for (int power = 0; power <= k; power++)
            {
                basis[k, power] = (power == 0 ? 0 : 2 * basis[k - 1, power - 1]) - basis[k - 2, power];
            }
        }

        return basis;
    }

    static double[] Row(double[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])];
}
