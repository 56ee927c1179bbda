namespace GpuMargin.Numerics;

/// <summary>The Gauss–Legendre rule on [−1, 1], with the same bits on every machine.</summary>
static class LegendreRule
{
    /// <returns>By node, rising.</returns>
    public static (double Node, double Weight)[] Of(int points) => [.. Enumerable.Range(0, points).Select(i => Node(points - 1 - i, points))];

    /// <summary>Newton's method on the Legendre polynomial, from Tricomi's first term.</summary>
    /// <param name="i">The largest node is the first.</param>
    public static (double Node, double Weight) Node(int i, int points)
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
