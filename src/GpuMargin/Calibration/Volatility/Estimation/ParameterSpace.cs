using GpuMargin.ClearingSets;
using static GpuMargin.Calibration.Volatility.VolatilityParameters;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>The free parameters of a model and the map from unconstrained coordinates x onto their constraints, for returns of variance 1.</summary>
/// <remarks>
/// ω = eˣ; persistence p = p_max·σ(x); ARCH share s = σ(x), so that the mean of α and α + γ is p·s and β = p·(1 − s);
/// downside w = σ(x): α = 2ps(1 − w), α + γ = 2psw; 1/ν between its bounds by σ(x), in which the likelihood is nearly quadratic up to the normal limit;
/// λ = λ_max·tanh(x).
/// </remarks>
sealed class ParameterSpace
{
    /// <summary>A t with more is normal to a likelihood ratio far below one for any history.</summary>
    public const double LargestFreedom = 500;

    /// <summary>The variance exists for ν &gt; 2 only.</summary>
    public const double SmallestFreedom = 2.01;

    public const double LargestSkew = 0.99;

    /// <summary>Parameters this near to a bound sit on it.</summary>
    const double BoundMargin = 1e-5;

    /// <summary>Margin of ω; a maximum with a long-run variance may have ω = 1e-6 of it.</summary>
    const double OmegaMargin = 1e-9;

    readonly double maximumPersistence;
    readonly bool freeOmega;
    readonly bool freeArch;
    readonly bool freeGamma;
    readonly bool freeFreedom;
    readonly bool freeSkew;
    readonly double decay; // NaN unless EWMA

    public ParameterSpace(VolatilityModel model, MarginalFamily marginal, double maximumPersistence, double ewmaDecay)
    {
        this.maximumPersistence = maximumPersistence;
        freeOmega = model != VolatilityModel.Ewma;
        freeArch = model is VolatilityModel.Garch or VolatilityModel.Gjr;
        freeGamma = model == VolatilityModel.Gjr;
        freeFreedom = marginal is MarginalFamily.StudentT or MarginalFamily.SkewedT;
        freeSkew = marginal == MarginalFamily.SkewedT;
        decay = model == VolatilityModel.Ewma ? ewmaDecay : double.NaN;
        Free = [.. Enumerable.Range(0, Count).Where(IsFree)];
    }

    /// <summary>Indices of the estimated parameters, ascending; the coordinates x have the same order.</summary>
    public int[] Free { get; }

    public bool HasDynamics => freeArch;

    bool IsFree(int index) => index switch
    {
        MeanIndex => true,
        OmegaIndex => freeOmega,
        AlphaIndex or BetaIndex => freeArch,
        GammaIndex => freeGamma,
        FreedomIndex => freeFreedom,
        _ => freeSkew,
    };

    /// <summary>A start at μ with long-run variance 1.</summary>
    public double[] Start(double mean, double persistence, double archShare)
    {
        double p = freeArch ? Math.Min(persistence, maximumPersistence * (1 - 1e-3)) : 0;
        double[] x = new double[Free.Length];
        int i = 0;
        x[i++] = mean;
        if (freeOmega)
        {
            x[i++] = Math.Log(Math.Max(1 - p, 1e-4));
        }

        if (freeArch)
        {
            x[i++] = Logit(p / maximumPersistence);
            if (freeGamma)
            {
                x[i++] = Logit(0.7); // falls raise the variance of most prices more than rises do
            }

            x[i++] = Logit(archShare);
        }

        if (freeFreedom)
        {
            x[i] = Logit((1.0 / 6 - 1 / LargestFreedom) / (1 / SmallestFreedom - 1 / LargestFreedom));
        }

        return x;
    }

    /// <param name="theta">Receives all seven.</param>
    /// <param name="jacobian">Receives ∂θ/∂x, 7 × <see cref="Free"/> row by row.</param>
    public void Map(ReadOnlySpan<double> x, Span<double> theta, Span<double> jacobian)
    {
        theta.Clear();
        jacobian.Clear();
        int width = Free.Length;
        theta[FreedomIndex] = double.NaN;
        int i = 0;
        theta[MeanIndex] = x[i];
        jacobian[MeanIndex * width + i++] = 1;
        if (freeOmega)
        {
            theta[OmegaIndex] = Math.Exp(x[i]);
            jacobian[OmegaIndex * width + i++] = theta[OmegaIndex];
        }
        else
        {
            (theta[AlphaIndex], theta[BetaIndex]) = (1 - decay, decay);
        }

        if (freeArch)
        {
            MapArch(x, i, theta, jacobian);
            i += freeGamma ? 3 : 2;
        }

        if (freeFreedom)
        {
            double range = 1 / SmallestFreedom - 1 / LargestFreedom;
            double part = Sigmoid(x[i]);
            double nu = 1 / (1 / LargestFreedom + range * part);
            theta[FreedomIndex] = nu;
            jacobian[FreedomIndex * width + i++] = -nu * nu * range * part * (1 - part);
        }

        if (freeSkew)
        {
            double tanh = Math.Tanh(x[i]);
            theta[SkewIndex] = LargestSkew * tanh;
            jacobian[SkewIndex * width + i] = LargestSkew * (1 - tanh * tanh);
        }
    }

    void MapArch(ReadOnlySpan<double> x, int i, Span<double> theta, Span<double> jacobian)
    {
        int width = Free.Length;
        double part = Sigmoid(x[i]);
        double p = maximumPersistence * part;
        double pSlope = p * (1 - part);
        int shareAt = freeGamma ? i + 2 : i + 1;
        double s = Sigmoid(x[shareAt]);
        double sSlope = s * (1 - s);
        double w = freeGamma ? Sigmoid(x[i + 1]) : 0.5;
        double up = 2 * (1 - w);
        double tilt = 2 * (2 * w - 1);
        theta[AlphaIndex] = p * s * up;
        theta[GammaIndex] = p * s * tilt;
        theta[BetaIndex] = p * (1 - s);
        jacobian[AlphaIndex * width + i] = pSlope * s * up;
        jacobian[GammaIndex * width + i] = pSlope * s * tilt;
        jacobian[BetaIndex * width + i] = pSlope * (1 - s);
        jacobian[AlphaIndex * width + shareAt] = p * sSlope * up;
        jacobian[GammaIndex * width + shareAt] = p * sSlope * tilt;
        jacobian[BetaIndex * width + shareAt] = -p * sSlope;
        if (freeGamma)
        {
            double wSlope = w * (1 - w);
            jacobian[AlphaIndex * width + i + 1] = -2 * p * s * wSlope;
            jacobian[GammaIndex * width + i + 1] = 4 * p * s * wSlope;
        }
    }

    /// <summary>The bounds of the variance recursion that θ sits on or beyond, in words.</summary>
    public IEnumerable<string> BoundsTouched(double[] theta)
    {
        if (freeOmega && theta[OmegaIndex] < OmegaMargin)
        {
            yield return "omega at 0";
        }

        if (!freeArch)
        {
            yield break;
        }

        if (theta[AlphaIndex] < BoundMargin)
        {
            yield return "alpha at 0";
        }

        if (freeGamma && theta[AlphaIndex] + theta[GammaIndex] < BoundMargin)
        {
            yield return "alpha + gamma at 0";
        }

        if (theta[BetaIndex] < BoundMargin)
        {
            yield return "beta at 0";
        }

        if (Persistence(theta) > maximumPersistence - BoundMargin)
        {
            yield return FormattableString.Invariant($"persistence at its bound of {maximumPersistence}");
        }
    }

    /// <summary>The parameters of the marginal that sit on a bound; the rest of the maximum is an interior one with these given.</summary>
    public IEnumerable<int> MarginalBoundsTouched(double[] theta)
    {
        if (freeFreedom && !(theta[FreedomIndex] < 0.9 * LargestFreedom && theta[FreedomIndex] > SmallestFreedom + 1e-3))
        {
            yield return FreedomIndex;
        }

        if (freeSkew && Math.Abs(theta[SkewIndex]) > LargestSkew - 1e-3)
        {
            yield return SkewIndex;
        }
    }

    static double Persistence(double[] theta) => theta[AlphaIndex] + 0.5 * theta[GammaIndex] + theta[BetaIndex];

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    static double Logit(double p) => Math.Log(p / (1 - p));
}
