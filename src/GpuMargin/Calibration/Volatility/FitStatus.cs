namespace GpuMargin.Calibration.Volatility;

/// <summary>Whether a maximum of the likelihood was found that can be used.</summary>
public enum FitStatus
{
    /// <summary>An interior maximum: the score vanishes and the Hessian is negative definite.</summary>
    Converged,

    /// <summary>The optimiser stopped at a point that is no proven maximum.</summary>
    NotConverged,

    /// <summary>A maximum with ω, α, α + γ, β or the persistence on its bound; the other parameters are estimated given it, and it has no standard error.</summary>
    OnBound,

    /// <summary>A maximum with persistence ≥ 1: the process has no finite variance. Only with <see cref="VolatilityOptions.MaximumPersistence"/> above 1 or a skewed marginal.</summary>
    NotStationary,

    /// <summary>A maximum that the returns contradict, see <see cref="VolatilityFit.Findings"/>.</summary>
    Implausible,
}
