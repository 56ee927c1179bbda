namespace GpuMargin.Calibration.Volatility;

/// <summary>What stands before the first observation; other start-ups are other estimates.</summary>
public enum VarianceStartUp
{
    /// <summary>h₀ = e₀² = mean squared residual at the current mean, the indicator of a fall ½ (Fiorentini, Calzolari and Panattoni 1996).</summary>
    Sample,

    /// <summary>h₁ = ω/(1 − α − γ/2 − β). A process without it (EWMA) starts up as <see cref="Sample"/>.</summary>
    Unconditional,
}
