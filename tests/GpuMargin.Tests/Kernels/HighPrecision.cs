namespace GpuMargin.Tests.Kernels;

/// <summary>Elementary and normal functions to 28 digits or more, by series and continued fractions.</summary>
static class HighPrecision
{
    // Two-part constants from mpmath at 45 digits.
    static readonly DoubleDouble s_ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    static readonly DoubleDouble s_inverseRootTwoPi = new(0.3989422804014327, -2.49232720227773e-17);

    public static DoubleDouble Exp(DoubleDouble x)
    {
        int n = (int)Math.Round(x.High / s_ln2.High);
        return (Reduced(x - (s_ln2 * n)) + 1).Scale(n);
    }

    public static DoubleDouble Expm1(DoubleDouble x) => Math.Abs(x.High) < 0.35 ? Reduced(x) : Exp(x) - 1;

    public static DoubleDouble Log(double x)
    {
        if (Math.Abs(x - 1) < 0.1)
        {
            return TwiceArtanh(((DoubleDouble)x - 1) / ((DoubleDouble)x + 1));
        }

        int n = Math.ILogB(x);
        DoubleDouble m = Math.ScaleB(x, -n);
        double start = Math.Log(m.High);
        DoubleDouble ratio = m * Exp(-start);
        return (s_ln2 * n) + start + TwiceArtanh((ratio - 1) / (ratio + 1));
    }

    /// <summary>φ(x).</summary>
    public static DoubleDouble Density(double x) => s_inverseRootTwoPi * Exp((DoubleDouble)x * x * -0.5);

    /// <summary>1 − Φ(x) for x ≥ 0.</summary>
    public static DoubleDouble UpperTail(double x)
    {
        if (x > 5)
        {
            DoubleDouble fraction = x; // Laplace: φ(x)/(x + 1/(x + 2/(x + …)))
            for (int k = 250; k >= 1; k--)
            {
                fraction = (DoubleDouble)k / fraction + x;
            }

            return Density(x) / fraction;
        }

        DoubleDouble term = x; // Φ(x) − ½ = φ(x)·Σ x^(2k + 1)/(1·3·…·(2k + 1))
        DoubleDouble sum = x;
        for (int k = 1; term.High > 1e-34 * sum.High; k++)
        {
            term = term * ((DoubleDouble)x * x) / ((2 * k) + 1);
            sum += term;
        }
        return 0.5 - (Density(x) * sum);
    }

    // e^x − 1 for |x| ≤ 0.35 by Taylor's series; the next term is below 1e-33.
    static DoubleDouble Reduced(DoubleDouble x)
    {
        DoubleDouble sum = 1;
        for (int k = 24; k >= 2; k--)
        {
            sum = (x * sum / k) + 1;
        }

        return x * sum;
    }

    // ln((1 + s)/(1 − s)), |s| ≤ 0.06.
    static DoubleDouble TwiceArtanh(DoubleDouble s)
    {
        DoubleDouble square = s * s;
        DoubleDouble sum = (DoubleDouble)1 / 27;
        for (int k = 25; k >= 1; k -= 2)
        {
            sum = (square * sum) + ((DoubleDouble)1 / k);
        }

        return s * sum * 2;
    }
}
