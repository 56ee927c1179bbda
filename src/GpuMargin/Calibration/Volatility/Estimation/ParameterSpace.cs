using GpuMargin.ClearingSets;
using static GpuMargin.Calibration.Volatility.VolatilityParameters;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>The free parameters of a model and the map from unconstrained coordinates x onto their constraints, for returns of variance 1.</summary>
/// <remarks>
/// ω = eˣ, or 1 − p with variance targeting (Engle and Mezrich 1996); persistence p = p_max·σ(x); ARCH share s = σ(x), so that the mean of α and α + γ is p·s
/// and β = p·(1 − s); downside w = σ(x): α = 2ps(1 − w), α + γ = 2psw; an EWMA's decay β = σ(x), α = 1 − β; 1/ν between its bounds by σ(x), in which the
/// likelihood is nearly quadratic up to the normal limit; λ = λ_max·tanh(x).
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
    readonly bool isTargeted;
    readonly bool freeOmega;
    readonly bool freeArch;
    readonly bool freeGamma;
    readonly bool freeDecay;
    readonly bool freeFreedom;
    readonly bool freeSkew;
    readonly double decay; // of an EWMA whose decay is given

    /// <param name="ewmaDecay">NaN: estimated.</param>
    /// <param name="isTargeted">ω is what makes the long-run variance that of the sample, 1.</param>
    public ParameterSpace(VolatilityModel model, MarginalFamily marginal, double maximumPersistence, double ewmaDecay, bool isTargeted = false)
    {
        this.maximumPersistence = maximumPersistence;
        this.isTargeted = isTargeted;
        freeOmega = model != VolatilityModel.Ewma && !isTargeted;
        freeArch = model is VolatilityModel.Garch or VolatilityModel.Gjr;
        freeGamma = model == VolatilityModel.Gjr;
        freeDecay = model == VolatilityModel.Ewma && double.IsNaN(ewmaDecay);
        freeFreedom = marginal is MarginalFamily.StudentT or MarginalFamily.SkewedT;
        freeSkew = marginal == MarginalFamily.SkewedT;
        decay = ewmaDecay;
        Width = 1 + Count(freeOmega) + (freeArch ? 2 : 0) + Count(freeGamma) + Count(freeDecay) + Count(freeFreedom) + Count(freeSkew);

        static int Count(bool isFree) => isFree ? 1 : 0;
    }

    /// <summary>Coordinates x.</summary>
    public int Width { get; }

    public bool HasDynamics => freeArch;

    /// <summary>Directions in which θ is free while it stays on bounds, one for each estimated parameter in the order of θ.</summary>
    /// <param name="bounds">Of the variance recursion.</param>
    /// <param name="fixedMarginal">Parameters of the marginal on a bound.</param>
    public double[][] Directions(IReadOnlyCollection<VarianceBound> bounds, IReadOnlyCollection<int> fixedMarginal)
    {
        TangentSpace space = new(Enumerable.Range(0, VolatilityParameters.Count).Where(index => Moves(index) && !fixedMarginal.Contains(index)));
        if (isTargeted)
        {
            space.Hold([(OmegaIndex, 1), (AlphaIndex, 1), (GammaIndex, 0.5), (BetaIndex, 1)]);
        }

        if (freeDecay)
        {
            space.Hold([(BetaIndex, 1), (AlphaIndex, 1)]);
        }

        foreach (VarianceBound bound in bounds)
        {
            space.Hold(bound.Terms);
        }

        return space.Vectors;
    }

    bool Moves(int index) => index switch
    {
        MeanIndex => true,
        OmegaIndex => freeOmega || isTargeted,
        AlphaIndex or BetaIndex => freeArch || freeDecay,
        GammaIndex => freeGamma,
        FreedomIndex => freeFreedom,
        _ => freeSkew,
    };

    /// <summary>A start at μ with long-run variance 1.</summary>
    public double[] Start(double mean, double persistence, double archShare)
    {
        double p = freeArch ? Math.Min(persistence, maximumPersistence * (1 - 1e-3)) : 0;
        double[] x = new double[Width];
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

        if (freeDecay)
        {
            x[i++] = Logit(VolatilityOptions.RiskMetricsDecay);
        }

        if (freeFreedom)
        {
            x[i] = Logit((1.0 / 6 - 1 / LargestFreedom) / (1 / SmallestFreedom - 1 / LargestFreedom));
        }

        return x;
    }

    /// <param name="theta">Receives all seven.</param>
    /// <param name="jacobian">Receives ∂θ/∂x, 7 × <see cref="Width"/> row by row.</param>
    public void Map(ReadOnlySpan<double> x, Span<double> theta, Span<double> jacobian)
    {
        theta.Clear();
        jacobian.Clear();
        int width = Width;
        theta[FreedomIndex] = double.NaN;
        int i = 0;
        theta[MeanIndex] = x[i];
        jacobian[MeanIndex * width + i++] = 1;
        if (freeOmega)
        {
            theta[OmegaIndex] = Math.Exp(x[i]);
            jacobian[OmegaIndex * width + i++] = theta[OmegaIndex];
        }
        else if (freeDecay)
        {
            (theta[AlphaIndex], theta[BetaIndex]) = (1 - Sigmoid(x[i]), Sigmoid(x[i]));
            double slope = theta[AlphaIndex] * theta[BetaIndex];
            jacobian[AlphaIndex * width + i] = -slope;
            jacobian[BetaIndex * width + i++] = slope;
        }
        else if (!isTargeted)
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
        int width = Width;
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
        if (isTargeted)
        {
            theta[OmegaIndex] = 1 - p;
            jacobian[OmegaIndex * width + i] = -pSlope;
        }

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

    /// <summary>The bounds of the variance recursion that θ sits on or beyond.</summary>
    public IEnumerable<VarianceBound> BoundsTouched(double[] theta)
    {
        if (freeOmega && theta[OmegaIndex] < OmegaMargin)
        {
            yield return VarianceBound.NoOmega;
        }

        if (!freeArch && !freeDecay)
        {
            yield break;
        }

        if (theta[AlphaIndex] < BoundMargin)
        {
            yield return VarianceBound.NoRise;
        }

        if (freeGamma && theta[AlphaIndex] + theta[GammaIndex] < BoundMargin)
        {
            yield return VarianceBound.NoFall;
        }

        if (theta[BetaIndex] < BoundMargin)
        {
            yield return VarianceBound.NoBeta;
        }

        if (freeArch && Persistence(theta) > maximumPersistence - BoundMargin)
        {
            yield return VarianceBound.Persistence(maximumPersistence);
        }
    }

    /// <summary>θ moved onto bounds that it is near to or beyond.</summary>
    public double[] OnBounds(double[] theta, IReadOnlyCollection<VarianceBound> bounds)
    {
        double[] moved = [.. theta];
        if (bounds.Contains(VarianceBound.NoOmega))
        {
            moved[OmegaIndex] = 0;
        }

        if (bounds.Contains(VarianceBound.NoRise))
        {
            moved[GammaIndex] += freeGamma ? moved[AlphaIndex] : 0;
            moved[AlphaIndex] = 0;
        }

        if (bounds.Contains(VarianceBound.NoFall))
        {
            moved[GammaIndex] = -moved[AlphaIndex];
        }

        bool noBeta = bounds.Contains(VarianceBound.NoBeta);
        moved[BetaIndex] = noBeta ? 0 : moved[BetaIndex];
        if (bounds.Contains(VarianceBound.Persistence(maximumPersistence)))
        {
            double arch = moved[AlphaIndex] + 0.5 * moved[GammaIndex];
            if (noBeta)
            {
                moved[AlphaIndex] *= maximumPersistence / arch;
                moved[GammaIndex] *= maximumPersistence / arch;
            }
            else
            {
                moved[BetaIndex] = maximumPersistence - arch;
            }
        }

        if (isTargeted)
        {
            moved[OmegaIndex] = 1 - Persistence(moved);
        }

        if (freeDecay)
        {
            moved[BetaIndex] = 1 - moved[AlphaIndex];
        }

        return moved;
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
