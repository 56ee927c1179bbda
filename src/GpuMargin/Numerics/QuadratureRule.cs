namespace GpuMargin.Numerics;

/// <summary>The Gauss–Legendre rule on [0, π/2], with the same bits on every machine: MathNet's uses the C library's cosine.</summary>
sealed class QuadratureRule
{
    QuadratureRule(double[] sines, double[] cosines, double[] weights)
    {
        Sines = sines;
        Cosines = cosines;
        Weights = weights;
    }

    /// <summary>sin θ, [point], growing.</summary>
    public double[] Sines { get; }

    public double[] Cosines { get; }

    /// <summary>[point]; they add up to π/2.</summary>
    public double[] Weights { get; }

    public static QuadratureRule OfQuarterCircle(int points) => Mapped(points, static z => (Math.PI / 2 * z, Math.PI / 2));

    /// <summary>The rule in z with θ = π/2·z², whose points crowd where θ is small.</summary>
    public static QuadratureRule OfQuarterCircleDenseAtZero(int points) => Mapped(points, static z => (Math.PI / 2 * z * z, Math.PI * z));

    // The rule on 0 ≤ z ≤ 1, taken to θ(z).
    static QuadratureRule Mapped(int points, Func<double, (double Angle, double Slope)> map)
    {
        double[] sines = new double[points], cosines = new double[points], weights = new double[points];
        for (int i = 0; i < points; i++)
        {
            (double node, double weight) = Node(i, points);
            (double angle, double slope) = map((1 - node) / 2);
            sines[i] = HostMath.Sin(angle);
            cosines[i] = HostMath.Sin(Math.PI / 2 - angle);
            weights[i] = slope * weight / 2;
        }

        return new QuadratureRule(sines, cosines, weights);
    }

    // Newton's method on the Legendre polynomial, from Tricomi's first term.
    static (double Node, double Weight) Node(int i, int points)
    {
        double x = HostMath.Sin(Math.PI / 2 - Math.PI * (i + 0.75) / (points + 0.5));
        double slope = 0;
        for (int step = 0; step < 6; step++)
        {
            double value = 1, before = 0;
            for (int k = 1; k <= points; k++)
            {
                (value, before) = (((2 * k - 1) * x * value - (k - 1) * before) / k, value);
            }

            slope = points * (x * value - before) / (x * x - 1);
            x -= value / slope;
        }

        return (x, 2 / ((1 - x * x) * slope * slope));
    }
}
