namespace GpuMargin.Calibration.Volatility;

/// <summary>How the variance of a factor's return depends on its past.</summary>
public enum VolatilityModel
{
    /// <summary>One variance for all days.</summary>
    Constant,

    /// <summary>Exponentially weighted moving average h' = (1 − λ)·e² + λ·h with a given λ (RiskMetrics 1996: 0.94); it has no long-run level.</summary>
    Ewma,

    /// <summary>h' = ω + α·e² + β·h (Bollerslev 1986).</summary>
    Garch,

    /// <summary>h' = ω + (α + γ·[e &lt; 0])·e² + β·h (Glosten, Jagannathan and Runkle 1993).</summary>
    Gjr,

    /// <summary>The one of the four with the smallest Bayesian information criterion; an EWMA only where no other is more than 2 units of log-likelihood above it.</summary>
    Auto,
}
