using GpuMargin.Calibration.Volatility;

namespace GpuMargin.Calibration;

/// <summary>What is fitted to a history.</summary>
public sealed record CalibrationOptions
{
    public VolatilityOptions Volatility { get; init; } = new();

    /// <summary>Days of the market in a year, by which variances are annualised; by the history's dates when <see langword="null"/>.</summary>
    public double? DaysPerYear { get; init; }

    public CopulaChoice Copula { get; init; } = CopulaChoice.Auto;

    public CorrelationModel Correlation { get; init; } = CorrelationModel.Static;

    public CorrelationShrinkage Shrinkage { get; init; } = CorrelationShrinkage.Auto;

    /// <summary>Adds to every price factor F whose history has no column F.vol a volatility factor F.vol, see <see cref="VolatilityProxy"/>.</summary>
    public bool VolatilityFactors { get; init; }

    /// <summary>Replaces the correlations of proxies and prices, see <see cref="AssumedLeverage"/>; <see langword="null"/>: they are estimated.</summary>
    public Leverage? Leverage { get; init; }
}

/// <summary>The family of the copula.</summary>
public enum CopulaChoice
{
    /// <summary>Student t, or Gaussian when it wins by the Bayesian information criterion.</summary>
    Auto,

    Gaussian,

    StudentT,
}

/// <summary>Whether the correlation of de-volatilised returns moves.</summary>
public enum CorrelationModel
{
    /// <summary>sin(πτ/2) of Kendall's τ over all days.</summary>
    Static,

    /// <summary>Dynamic conditional correlation (Engle 2002): the forecast for the day after the history.</summary>
    Dynamic,
}

/// <summary>Whether the correlation matrix is shrunk towards constant correlation (Ledoit and Wolf 2004).</summary>
public enum CorrelationShrinkage
{
    /// <summary>Shrinkage when there are at least as many factors as days, where a sample's matrix is singular.</summary>
    Auto,

    None,

    LedoitWolf,
}
