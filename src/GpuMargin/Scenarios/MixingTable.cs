using GpuMargin.Numerics;

namespace GpuMargin.Scenarios;

/// <summary>The t copula's mixing variable √(ν/W), W chi-square, as a growing function of a standard normal variate.</summary>
static class MixingTable
{
    /// <summary>Draws do not leave ±6.34.</summary>
    const double Bound = 6.5;

    public static MonotoneTable Build(double nu)
    {
        ChiSquare chiSquare = new(nu);
        return MonotoneTableBuilder.Build(0, Bound, OneSide(1), OneSide(-1));

        Side OneSide(double sign) => (distance, guess) =>
        {
            double g = sign * distance;
            double w = Quantile(chiSquare, g, distance == 0 ? nu : nu / (guess * guess));

            // W falls as g grows: W' = −φ(g)/f(W), and the chain rule twice for s = (ν/W)^½.
            double w1 = -StandardNormal.Instance.Density(g) / chiSquare.Density(w);
            double w2 = -g * w1 - chiSquare.LogDensitySlope(w) * w1 * w1;
            double s = Math.Sqrt(nu / w);
            double s1 = -0.5 * s * w1 / w;
            double s2 = -0.5 * (s1 * w1 / w + s * w2 / w - s * w1 * w1 / (w * w));
            return new Jet(s, sign * s1, s2);
        };
    }

    // W with P(W ≤ w) = Φ(−g), by Newton's method in ln w on the smaller tail.
    static double Quantile(ChiSquare chiSquare, double g, double guess)
    {
        double tail = StandardNormal.Instance.UpperTail(Math.Abs(g));
        double w = guess;
        for (int i = 0; i < 100; i++)
        {
            (double lower, double upper) = chiSquare.Tails(w);
            double now = g > 0 ? lower : upper;
            double step = (g > 0 ? -1 : 1) * HostMath.Log(now / tail) * now / (chiSquare.Density(w) * w);
            double bounded = Math.Clamp(step, -2, 2);
            double next = w * HostMath.Exp(bounded);
            if (Math.Abs(bounded) <= 1e-9)
            {
                return next;
            }

            w = next;
        }

        return w;
    }
}
