namespace GpuMargin.Numerics;

/// <summary>Quantile of a symmetric distribution from its upper tail.</summary>
static class UpperQuantile
{
    /// <summary>x ≥ 0 with P(X &gt; x) = <paramref name="tail"/> ≤ ½, by Chebyshev's method (Newton's with its second term) on ln P.</summary>
    /// <param name="guess">A start nearby.</param>
    public static double Of(ISymmetricDistribution distribution, double tail, double guess)
    {
        double x = Math.Max(guess, 0);
        for (int i = 0; i < 100; i++)
        {
            double upper = distribution.UpperTail(x);
            double hazard = distribution.Density(x) / upper;
            double ratio = upper / tail - 1;
            double newton = (Math.Abs(ratio) < 1e-3 ? ratio * (1 - ratio * (0.5 - ratio / 3)) : HostMath.Log(upper / tail)) / hazard;
            double second = 0.5 * newton * (distribution.LogDensitySlope(x) + hazard);
            double next = Math.Max(x + newton * (Math.Abs(second) < 0.1 ? 1 - second : 1), 0);
            if (Math.Abs(next - x) <= 3e-6 * x)
            {
                // The step after this one would be of the order of 1e-17·x: convergence is cubic.
                return next;
            }

            x = next;
        }

        return x;
    }
}
