using System.Collections.Concurrent;

namespace GpuMargin.Numerics;

/// <summary>Polynomials on [−1, 1] through values at Chebyshev's points of the first kind, as coefficients of powers.</summary>
static class Polynomial
{
    static readonly ConcurrentDictionary<int, double[,]> s_transforms = new(), s_bases = new();

    /// <summary>cos((i + ½)π/n), falling.</summary>
    public static double[] Points(int count) => [.. Enumerable.Range(0, count).Select(i => HostMath.Sin(Math.PI / 2 * (count - 2 * i - 1) / count))];

    /// <summary>Coefficients of the powers, [k], k below the number of values.</summary>
    /// <param name="values">At <see cref="Points"/>.</param>
    public static double[] Through(ReadOnlySpan<double> values) => Powers(Chebyshev(values));

    /// <summary>Coefficients of Chebyshev's polynomials; what is left out at the end is what a lower degree errs by.</summary>
    /// <param name="values">At <see cref="Points"/>.</param>
    public static double[] Chebyshev(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        double[] chebyshev = new double[n];
        double[,] transform = s_transforms.GetOrAdd(n, Transform);
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                chebyshev[k] += transform[k, i] * values[i];
            }
        }

        return chebyshev;
    }

    /// <summary>Coefficients of the powers from those of Chebyshev's polynomials.</summary>
    public static double[] Powers(ReadOnlySpan<double> chebyshev)
    {
        int n = chebyshev.Length;
        double[] powers = new double[n];
        double[,] basis = s_bases.GetOrAdd(n, Basis);
        for (int k = 0; k < n; k++)
        {
            for (int power = k % 2; power <= k; power += 2)
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

    // T(k) at the points, times what makes the sum over the points a coefficient.
    static double[,] Transform(int count)
    {
        double[,] transform = new double[count, count];
        double[] points = Points(count);
        for (int i = 0; i < count; i++)
        {
            double value = 1, before = points[i];
            for (int k = 0; k < count; k++)
            {
                transform[k, i] = (k == 0 ? 1.0 : 2.0) / count * value;
                (value, before) = (2 * points[i] * value - before, value);
            }
        }

        return transform;
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
}
