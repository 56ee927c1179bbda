namespace GpuMargin.Tests.Reference;

/// <summary>b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz method (Thompson and Barnett 1986).</summary>
static class ContinuedFraction
{
    const double Tiny = 1e-300; // stands for a vanishing denominator
    const int TermLimit = 1_000_000;

    /// <param name="numerator">aₙ for n ≥ 1.</param>
    /// <param name="denominator">bₙ for n ≥ 0.</param>
    public static double Evaluate(Func<int, double> numerator, Func<int, double> denominator)
    {
        double value = NotZero(denominator(0));
        double c = value;
        double d = 0;
        for (int n = 1; n < TermLimit; n++)
        {
            double a = numerator(n);
            double b = denominator(n);
            d = 1 / NotZero(b + (a * d));
            c = NotZero(b + (a / c));
            double factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1) <= Math.BitIncrement(1.0) - 1)
            {
                return value;
            }
        }
        throw new InvalidOperationException("The continued fraction did not converge.");
    }

    static double NotZero(double x) => x == 0 ? Tiny : x;
}
