namespace GpuMargin.Numerics;

/// <summary>Student's t distribution with ν degrees of freedom, unscaled (variance ν/(ν − 2)).</summary>
/// <remarks>
/// Relative error of the upper tail below 5e-14 + 1e-16·ν for 2 &lt; ν ≤ 1e7, from the continued fraction of the incomplete beta
/// function (DLMF 8.17.22) by Lentz's method. Not MathNet.Numerics': its exp and log are the C library's.
/// </remarks>
sealed class StudentT : ISymmetricDistribution
{
    /// <summary>Above it a t is taken as normal; quantiles differ by less than z³/(2ν).</summary>
    public const double NormalLimit = 1e7;

    readonly double nu;
    readonly double densityAtZero;

    StudentT(double nu)
    {
        this.nu = nu;
        // Γ((ν + 1)/2) / (Γ(ν/2)·√(νπ))
        densityAtZero = GammaRatio(nu / 2) / Math.Sqrt(nu * Math.PI);
    }

    public static ISymmetricDistribution Create(double nu) => nu > NormalLimit ? StandardNormal.Instance : new StudentT(nu);

    public double Density(double x) =>
        densityAtZero * HostMath.Exp(-0.5 * (nu + 1) * HostMath.Log1p(x * x / nu));

    public double LogDensitySlope(double x) => -(nu + 1) * x / (nu + x * x);

    public double UpperTail(double x)
    {
        double y = nu / (nu + x * x);
        // I_y(ν/2, ½)/2; the prefactor y^(ν/2)·√(1−y)/B(ν/2, ½) is x·density.
        double prefactor = x * Density(x);
        double a = nu / 2;
        return y < (a + 1) / (a + 2.5)
            ? prefactor * BetaFraction(a, 0.5, y) / (2 * a)
            : 0.5 - prefactor * BetaFraction(0.5, a, x * x / (nu + x * x));
    }

    /// <summary>Γ(a + ½)/Γ(a): the asymptotic series at an argument of 60 or more, and the recurrence down from it.</summary>
    static double GammaRatio(double a)
    {
        double product = 1;
        for (; a < 60; a++)
        {
            product *= a / (a + 0.5);
        }

        double r = 1 / a;
        double series = 1 + r * (-1.0 / 8 + r * (1.0 / 128 + r * (5.0 / 1024 + r * (-21.0 / 32768 + r * (-399.0 / 262144 + r * (869.0 / 4194304))))));
        return product * Math.Sqrt(a) * series;
    }

    static double BetaFraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1;
        double d = 1 - (a + b) * x / (a + 1);
        d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
        double h = d;
        for (int m = 1; m < 100_000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            double step = d * c;
            h *= step;
            if (Math.Abs(step - 1) < 4e-16)
            {
                break;
            }
        }

        return h;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }
}
