using GpuMargin.Numerics.Estimation;
using MathNet.Numerics;

namespace GpuMargin.Calibration.Volatility;

/// <summary>Generalised Pareto distribution of the excesses over a threshold, 1 − (1 + ξy/β)^(−1/ξ), by maximum likelihood.</summary>
/// <param name="Shape">ξ ≥ −½; 0 is the exponential distribution.</param>
/// <param name="Scale">β &gt; 0, in the unit of the excesses.</param>
/// <param name="LogLikelihood">Of the excesses.</param>
public readonly record struct GeneralizedParetoTail(double Shape, double Scale, double LogLikelihood)
{
    /// <summary>Fewer say nothing about a shape.</summary>
    public const int ExcessesAtLeast = 10;

    /// <summary>Below it maximum likelihood is not regular (Smith 1985), and the tail ends just beyond the sample.</summary>
    const double SmallestShape = -0.5;

    /// <summary>Below it the first two terms of the series in ξ are exact to rounding for y within some ten scales.</summary>
    const double ExponentialShape = 1e-6;

    /// <summary>Tolerance of the mean log-likelihood, quadratic in the distance: the parameters are within 1e-7 standard errors of the sample's maximum.</summary>
    const double Tolerance = 1e-16;

    const int IterationsAtMost = 200;

    /// <param name="excesses">y ≥ 0 over the threshold, in any order.</param>
    /// <exception cref="ArgumentException">Fewer than ten, a negative or not finite one, or none above 0.</exception>
    public static GeneralizedParetoTail Fit(ReadOnlySpan<double> excesses)
    {
        if (excesses.Length < ExcessesAtLeast)
        {
            throw new ArgumentException($"{excesses.Length} excesses; a tail needs {ExcessesAtLeast} or more.", nameof(excesses));
        }

        double mean = 0;
        foreach (double y in excesses)
        {
            if (!(y >= 0 && double.IsFinite(y)))
            {
                throw new ArgumentException("Excesses are finite and not negative.", nameof(excesses));
            }

            mean += y / excesses.Length;
        }

        if (mean <= 0)
        {
            throw new ArgumentException("No excess is above 0.", nameof(excesses));
        }

        double[] scaled = excesses.ToArray();
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] /= mean;
        }

        // x = (ln(ξ + ½), ln β); the start is ξ = 0.1 with the sample's mean.
        double[] x = [Math.Log(0.1 - SmallestShape), Math.Log(0.9)];
        double loss = QuasiNewton.Minimise((at, gradient) => Loss(scaled, at, gradient), x, new double[,] { { 1, 0 }, { 0, 1 } }, Tolerance, IterationsAtMost);
        return new GeneralizedParetoTail(SmallestShape + Math.Exp(x[0]), Math.Exp(x[1]) * mean, -scaled.Length * (loss + Math.Log(mean)));
    }

    /// <summary>The excess exceeded with probability <paramref name="q"/> given that the threshold is exceeded, 0 &lt; q ≤ 1.</summary>
    public double UpperQuantile(double q)
    {
        double log = -Math.Log(q);
        return Scale * (Math.Abs(Shape) < ExponentialShape ? log * (1 + Shape * log / 2) : (Math.Exp(Shape * log) - 1) / Shape);
    }

    /// <summary>Minus the mean log-likelihood.</summary>
    static double Loss(double[] excesses, ReadOnlySpan<double> x, Span<double> gradient)
    {
        double above = Math.Exp(x[0]);
        double shape = SmallestShape + above;
        double scale = Math.Exp(x[1]);
        double total = 0;
        double byShape = 0;
        double byLogScale = 0;
        foreach (double y in excesses)
        {
            double w = y / scale;
            double inner = 1 + shape * w;
            if (inner <= 0)
            {
                return double.PositiveInfinity;
            }

            if (Math.Abs(shape) < ExponentialShape)
            {
                total += w + shape * w * (1 - 0.5 * w);
                byShape += w * (1 - 0.5 * w) + 2 * shape * w * w * (w / 3 - 0.5);
            }
            else
            {
                double log = SpecialFunctions.Log1p(shape * w);
                total += (1 + 1 / shape) * log;
                byShape += (1 + 1 / shape) * w / inner - log / (shape * shape);
            }

            byLogScale -= (shape + 1) * w / inner;
        }

        gradient[0] = above * byShape / excesses.Length;
        gradient[1] = 1 + byLogScale / excesses.Length;
        return x[1] + total / excesses.Length;
    }
}
