using GpuMargin.Numerics;

namespace GpuMargin.Scenarios;

/// <summary>Defensive importance sampling of the t copula's chi-square (Hesterberg 1995; Owen and Zhou 2000).</summary>
/// <remarks>
/// <para>The chi-squares of a horizon are functions of standard normals, one a day; their sum over √days is y, normal too. It is
/// drawn from the mixture ½·N(0, 1) + ½·N(μ, 1) instead, whose second half makes the chi-squares small and the moves large; the normals
/// across y keep their law. So a scenario's weight, the ratio of the densities over all days, is 2/(1 + exp(μ·y − μ²/2)): it
/// lies between 0 and 2 whatever the number of days, and an account that does not care about y at worst behaves as if half the
/// scenarios were missing.</para>
/// <para>μ is the cross-entropy choice (Rubinstein and Kroese 2004) for one linear position over one day: the mean that y has in
/// those scenarios whose loss exceeds its quantile. It falls to zero as ν grows.</para>
/// </remarks>
/// <param name="Shift">μ ≥ 0.</param>
/// <param name="Table">From the standard normal of a random word to y, growing.</param>
sealed record ImportanceProposal(double Shift, MonotoneTable Table)
{
    /// <summary>Draws do not leave ±6.34.</summary>
    const double Bound = 6.5;

    /// <summary>Steps of the trapezoidal rule, which converges faster than any power for integrands like these.</summary>
    const double Step = 1.0 / 16;

    /// <summary>Density under the model over the density drawn from.</summary>
    public double Weight(double y) => 2 / (1 + HostMath.Exp(Shift * (y - Shift / 2)));

    /// <param name="mixing"><see cref="MixingTable"/> of the copula's ν.</param>
    /// <param name="confidence">Level whose tail is to be drawn more often, 0.5 ≤ α &lt; 1.</param>
    internal static ImportanceProposal Of(double nu, MonotoneTable mixing, double confidence)
    {
        double shift = CrossEntropyShift(nu, mixing, confidence);
        return new ImportanceProposal(shift, Build(shift));
    }

    internal static double CrossEntropyShift(double nu, MonotoneTable mixing, double confidence)
    {
        double quantile = UpperQuantile.Of(StudentT.Create(nu), 1 - confidence, 2);
        double mass = 0;
        double moment = 0;
        for (double y = -Bound; y <= Bound; y += Step)
        {
            double exceeds = StandardNormal.Instance.Density(y) * StandardNormal.Instance.UpperTail(quantile / mixing.At(y));
            mass += exceeds;
            moment += y * exceeds;
        }

        return Math.Max(moment / mass, 0);
    }

    static MonotoneTable Build(double shift)
    {
        return MonotoneTableBuilder.Build(0, Bound, OneSide(1), OneSide(-1));

        Side OneSide(double sign) => (distance, guess) =>
        {
            double g = sign * distance;
            double y = Quantile(g, shift, distance == 0 ? shift / 2 : guess);
            (double density, double slope) = Mixture(y, shift);
            double y1 = StandardNormal.Instance.Density(g) / density;
            double y2 = (-g * StandardNormal.Instance.Density(g) - slope * y1 * y1) / density;
            return new Jet(y, sign * y1, y2);
        };
    }

    static (double Density, double Slope) Mixture(double y, double shift)
    {
        double nominal = 0.5 * StandardNormal.Instance.Density(y);
        double shifted = 0.5 * StandardNormal.Instance.Density(y - shift);
        return (nominal + shifted, -y * nominal - (y - shift) * shifted);
    }

    // y with ½·Φ(y) + ½·Φ(y − μ) = Φ(g), by Newton's method on the logarithm of the smaller tail.
    static double Quantile(double g, double shift, double guess)
    {
        double side = g > 0 ? 1 : -1;
        double tail = StandardNormal.Instance.UpperTail(side * g);
        double y = guess;
        for (int i = 0; i < 100; i++)
        {
            double now = 0.5 * (StandardNormal.Instance.UpperTail(side * y) + StandardNormal.Instance.UpperTail(side * (y - shift)));
            double step = side * HostMath.Log(now / tail) * now / Mixture(y, shift).Density;
            y += Math.Clamp(step, -1, 1);
            if (Math.Abs(step) <= 1e-9)
            {
                return y; // the next step would be of the order of 1e-18
            }
        }

        return y;
    }
}
