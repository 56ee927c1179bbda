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
            (double node, double weight) = LegendreRule.Node(i, points);
            (double angle, double slope) = map((1 - node) / 2);
            sines[i] = HostMath.Sin(angle);
            cosines[i] = HostMath.Sin(Math.PI / 2 - angle);
            weights[i] = slope * weight / 2;
        }

        return new QuadratureRule(sines, cosines, weights);
    }
}
