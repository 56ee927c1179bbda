namespace GpuMargin.Numerics;

/// <summary>The polynomial through values at the Chebyshev points cos(iπ/n), i = 0 … n, of [−1, 1].</summary>
sealed class ChebyshevSeries
{
    readonly double[,] transform;
    readonly double[] coefficients;

    /// <param name="degree">n, at least 1.</param>
    public ChebyshevSeries(int degree)
    {
        Points = new double[degree + 1];
        transform = new double[degree + 1, degree + 1];
        coefficients = new double[degree + 1];
        for (int i = 0; i <= degree; i++)
        {
            Points[i] = Cosine(i, degree);
            for (int k = 0; k <= degree; k++)
            {
                double share = (i == 0 || i == degree ? 0.5 : 1) * (k == 0 || k == degree ? 0.5 : 1);
                transform[k, i] = 2 * share / degree * Cosine(i * k, degree);
            }
        }
    }

    /// <summary>[i], falling from 1 to −1.</summary>
    public double[] Points { get; }

    /// <summary>Size of the two highest terms, which tells what a polynomial of this degree leaves out.</summary>
    public double Last => Math.Abs(coefficients[^1]) + Math.Abs(coefficients[^2]);

    /// <param name="values">At the points.</param>
    public void Fit(ReadOnlySpan<double> values)
    {
        for (int k = 0; k < coefficients.Length; k++)
        {
            double sum = 0;
            for (int i = 0; i < coefficients.Length; i++)
            {
                sum += transform[k, i] * values[i];
            }

            coefficients[k] = sum;
        }
    }

    /// <summary>The polynomial at −1 ≤ x ≤ 1 (Clenshaw).</summary>
    public double At(double x)
    {
        double next = 0, afterNext = 0;
        for (int k = coefficients.Length - 1; k > 0; k--)
        {
            (next, afterNext) = (coefficients[k] + 2 * x * next - afterNext, next);
        }

        return coefficients[0] + x * next - afterNext;
    }

    // Reduced to the first quadrant, so that symmetric points are symmetric to the bit.
    static double Cosine(int numerator, int denominator)
    {
        int turn = numerator % (2 * denominator);
        int half = turn > denominator ? 2 * denominator - turn : turn;
        return HostMath.Sin(Math.PI / 2 * (denominator - 2 * half) / denominator);
    }
}
