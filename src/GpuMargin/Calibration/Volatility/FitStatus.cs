namespace GpuMargin.Calibration.Volatility;

/// <summary>Whether a maximum of the likelihood was found that can be used.</summary>
public enum FitStatus
{
    /// <summary>An interior maximum: the score vanishes and the Hessian is negative definite.</summary>
    Converged,

    /// <summary>The optimiser stopped at a point that is no proven maximum.</summary>
    NotConverged,

    /// <summary>ω, α, α + γ, β or the persistence sits on its bound; standard errors are not defined.</summary>
    OnBound,

    /// <summary>A maximum with persistence ≥ 1: the process has no finite variance. Only with <see cref="VolatilityOptions.MaximumPersistence"/> above 1 or a skewed marginal.</summary>
    NotStationary,
}
