using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.Volatility;

/// <summary>What is fitted to a series of returns.</summary>
public sealed record VolatilityOptions
{
    /// <summary>RiskMetrics' decay for daily data (RiskMetrics Technical Document 1996, section 5.3).</summary>
    public const double RiskMetricsDecay = 0.94;

    public VolatilityModel Model { get; init; } = VolatilityModel.Garch;

    /// <summary>Marginal of the standardised innovation. <see cref="MarginalFamily.Empirical"/>: Gaussian quasi-maximum likelihood, the standardised residuals are kept.</summary>
    public MarginalFamily Marginal { get; init; } = MarginalFamily.StudentT;

    public VarianceStartUp StartUp { get; init; } = VarianceStartUp.Sample;

    /// <summary>The mean of the factor.</summary>
    public ReturnMean Mean { get; init; } = ReturnMean.Zero;

    /// <summary>λ of <see cref="VolatilityModel.Ewma"/> when that is asked for, in (0, 1); among other models it is estimated.</summary>
    public double EwmaDecay { get; init; } = RiskMetricsDecay;

    /// <summary>α + γ/2 + β stays below; above 1 the constraint is lifted up to there.</summary>
    public double MaximumPersistence { get; init; } = 0.9999;

    /// <summary>The variance used is the greater of the next day's forecast and the long-run level, against procyclicality.</summary>
    public bool FloorAtLongRun { get; init; }

    /// <summary>Empirical marginals get generalised-Pareto tails, see <see cref="SemiParametricDistribution"/>.</summary>
    public bool ParetoTails { get; init; }

    /// <summary>Share of the residuals on each side that is a tail.</summary>
    public double TailShare { get; init; } = SemiParametricDistribution.UsualTailShare;

    /// <summary>Points that stand for a semi-parametric marginal in residuals.csv; the same for all factors, whose columns have one length.</summary>
    public int TailPoints { get; init; } = SemiParametricDistribution.UsualPoints;

    internal void Check()
    {
        if (!(EwmaDecay > 0 && EwmaDecay < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(EwmaDecay), EwmaDecay, "The decay of an EWMA lies in (0, 1).");
        }

        if (!(MaximumPersistence > 0 && MaximumPersistence <= 2))
        {
            throw new ArgumentOutOfRangeException(nameof(MaximumPersistence), MaximumPersistence, "The greatest persistence lies in (0, 2].");
        }

        if (!Enum.IsDefined(Model) || !Enum.IsDefined(Marginal) || !Enum.IsDefined(StartUp) || !Enum.IsDefined(Mean))
        {
            throw new ArgumentException($"Unknown model {Model}, marginal {Marginal}, start-up {StartUp} or mean {Mean}.");
        }
    }
}
