namespace GpuMargin.ClearingSets;

/// <summary>One row of factors.csv.</summary>
public sealed record RiskFactor
{
    public required string Name { get; init; }

    public required RiskFactorKind Kind { get; init; }

    /// <summary>Today's level.</summary>
    public required double Level { get; init; }

    public VolatilityProcess Process { get; init; } = VolatilityProcess.Constant;

    /// <summary>Daily mean of the return.</summary>
    public double Mean { get; init; }

    /// <summary>Variance of the first day of the horizon; for a constant process of every day. Per day.</summary>
    public required double Variance { get; init; }

    /// <summary>Variance per day over a long period, such as ten years (EMIR RTS 153/2013 Art. 28(1)(c)); NaN when factors.csv gives none.</summary>
    public double GivenLongRunVariance { get; init; } = double.NaN;

    /// <summary><see cref="GivenLongRunVariance"/>, else the unconditional variance ω/(1 − α − γ/2 − β) of a GARCH process, else <see cref="Variance"/>. Per day.</summary>
    public double LongRunVariance =>
        !double.IsNaN(GivenLongRunVariance) ? GivenLongRunVariance
        : Process == VolatilityProcess.Constant ? Variance
        : Omega / (1 - Alpha - Gamma / 2 - Beta);

    /// <summary>What the shock is clamped to ±; a shock in units of price has no such bound.</summary>
    internal double MaximumShock(RunSettings settings) => Kind == RiskFactorKind.Additive ? double.PositiveInfinity : settings.MaximumShock;

    /// <summary>h' = ω + (α + γ·[e &lt; 0])·e² + β·h. Zero for a constant process.</summary>
    public double Omega { get; init; }

    public double Alpha { get; init; }

    public double Gamma { get; init; }

    public double Beta { get; init; }

    public MarginalFamily Marginal { get; init; } = MarginalFamily.Normal;

    /// <summary>ν &gt; 2 of a t or skewed t marginal; NaN otherwise.</summary>
    public double DegreesOfFreedom { get; init; } = double.NaN;

    /// <summary>Hansen's λ in (−1, 1); 0 unless the marginal is skewed.</summary>
    public double Skew { get; init; }

    /// <summary>The factor's column of residuals.csv in file order, as read (not yet standardised); empty unless the marginal is empirical.</summary>
    public IReadOnlyList<double> Residuals { get; init; } = [];
}

public enum RiskFactorKind
{
    /// <summary>Level &gt; 0, shock is a log-return.</summary>
    Price,

    /// <summary>Multiplies implied volatilities, shock is a log-return.</summary>
    Volatility,

    /// <summary>Shock is added.</summary>
    Rate,

    /// <summary>A price of any sign, such as a spread; the shock is added, in units of the price.</summary>
    Additive,
}

public enum VolatilityProcess
{
    Constant,
    Garch,
    Gjr,
}

public enum MarginalFamily
{
    Normal,
    StudentT,
    SkewedT,
    Empirical,
}
