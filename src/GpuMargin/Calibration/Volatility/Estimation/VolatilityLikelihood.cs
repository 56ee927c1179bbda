using GpuMargin.ClearingSets;
using static GpuMargin.Calibration.Volatility.VolatilityParameters;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Log-likelihood of returns under a variance recursion, with its score by recursions of ∂h/∂θ. θ is in the order of <see cref="VolatilityParameters"/>.</summary>
sealed class VolatilityLikelihood
{
    readonly double[] returns;
    readonly MarginalFamily marginal;
    readonly VarianceStartUp startUp;
    readonly double average;
    readonly double centralSquare;

    public VolatilityLikelihood(double[] returns, MarginalFamily marginal, VarianceStartUp startUp)
    {
        this.returns = returns;
        this.marginal = marginal;
        this.startUp = startUp;
        average = returns.Average();
        foreach (double r in returns)
        {
            centralSquare += (r - average) * (r - average);
        }

        centralSquare /= returns.Length;
    }

    public int Observations => returns.Length;

    /// <param name="score">∂/∂θ, all seven.</param>
    /// <returns>Log-likelihood with all constants; −∞ where a variance is not positive and finite.</returns>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> score) => Evaluate(theta, score, [], [], out _);

    /// <param name="products">Empty, or the sum of the outer products of the observations' scores, 7 × 7 row by row.</param>
    /// <param name="variances">Empty, or h of every observation.</param>
    /// <param name="next">h of the day after the last.</param>
    public double Evaluate(
        ReadOnlySpan<double> theta, Span<double> score, Span<double> products, Span<double> variances, out double next)
    {
        double nu = theta[FreedomIndex];
        double value = marginal switch
        {
            MarginalFamily.StudentT => Sum(new StudentTInnovation(nu), theta, score, products, variances, out next),
            MarginalFamily.SkewedT => Sum(new SkewedTInnovation(nu, theta[SkewIndex]), theta, score, products, variances, out next),
            _ => Sum(new NormalInnovation(), theta, score, products, variances, out next),
        };
        return double.IsFinite(value) && next > 0 ? value : double.NegativeInfinity;
    }

    double Sum<T>(
        T innovation, ReadOnlySpan<double> theta, Span<double> score, Span<double> products, Span<double> variances, out double next)
        where T : struct, IInnovation
    {
        double mean = theta[MeanIndex];
        double omega = theta[OmegaIndex];
        double alpha = theta[AlphaIndex];
        double alphaDown = alpha + theta[GammaIndex];
        double beta = theta[BetaIndex];
        (double h, double byMean, double byOmega, double byAlpha, double byGamma, double byBeta) = FirstVariance(theta);
        double total = 0;
        score.Clear();
        products.Clear();
        Span<double> term = stackalloc double[Count];
        double scoreMean = 0, scoreOmega = 0, scoreAlpha = 0, scoreGamma = 0, scoreBeta = 0, scoreFreedom = 0, scoreSkew = 0;
        for (int t = 0; t < returns.Length; t++)
        {
            double e = returns[t] - mean;
            total += innovation.LogDensity(e, h, out double byE, out double byH, out double byFreedom, out double bySkew);
            double termMean = byH * byMean - byE;
            scoreMean += termMean;
            scoreOmega += byH * byOmega;
            scoreAlpha += byH * byAlpha;
            scoreGamma += byH * byGamma;
            scoreBeta += byH * byBeta;
            scoreFreedom += byFreedom;
            scoreSkew += bySkew;
            if (!products.IsEmpty)
            {
                Fill(term, termMean, byH * byOmega, byH * byAlpha, byH * byGamma, byH * byBeta, byFreedom, bySkew);
                AddProducts(products, term);
            }

            if (!variances.IsEmpty)
            {
                variances[t] = h;
            }

            double square = e * e;
            bool down = e < 0;
            double slope = down ? alphaDown : alpha;
            byMean = beta * byMean - 2 * slope * e;
            byOmega = beta * byOmega + 1;
            byAlpha = beta * byAlpha + square;
            byGamma = beta * byGamma + (down ? square : 0);
            byBeta = beta * byBeta + h;
            h = omega + slope * square + beta * h;
        }

        Fill(score, scoreMean, scoreOmega, scoreAlpha, scoreGamma, scoreBeta, scoreFreedom, scoreSkew);
        next = h;
        return total;
    }

    /// <summary>h₁ and its derivatives by μ, ω, α, γ, β.</summary>
    (double Variance, double ByMean, double ByOmega, double ByAlpha, double ByGamma, double ByBeta) FirstVariance(ReadOnlySpan<double> theta)
    {
        double omega = theta[OmegaIndex];
        double persistence = theta[AlphaIndex] + 0.5 * theta[GammaIndex] + theta[BetaIndex];
        if (startUp == VarianceStartUp.Unconditional && omega > 0)
        {
            double inverse = 1 / (1 - persistence);
            double slope = omega * inverse * inverse;
            return (omega * inverse, 0, inverse, slope, 0.5 * slope, slope);
        }

        double distance = average - theta[MeanIndex];
        double square = centralSquare + distance * distance; // mean squared residual
        return (omega + persistence * square, -2 * persistence * distance, 1, square, 0.5 * square, square);
    }

    static void Fill(Span<double> target, double mean, double omega, double alpha, double gamma, double beta, double freedom, double skew)
    {
        target[MeanIndex] = mean;
        target[OmegaIndex] = omega;
        target[AlphaIndex] = alpha;
        target[GammaIndex] = gamma;
        target[BetaIndex] = beta;
        target[FreedomIndex] = freedom;
        target[SkewIndex] = skew;
    }

    static void AddProducts(Span<double> products, ReadOnlySpan<double> term)
    {
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                products[i * Count + j] += term[i] * term[j];
            }
        }
    }
}
