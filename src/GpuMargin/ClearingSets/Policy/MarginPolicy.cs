namespace GpuMargin.ClearingSets.Policy;

/// <summary>What policy.json says: which components a requirement has, and their parameters. A section that is missing is off.</summary>
/// <remarks>EMIR RTS is Commission Delegated Regulation (EU) No 153/2013.</remarks>
public sealed record MarginPolicy
{
    /// <summary>The version of policy.json that this product reads.</summary>
    public const int SupportedVersion = 1;

    /// <summary>Rules whose minima the policy keeps to; a policy below them is refused.</summary>
    public Regulation Regulation { get; init; } = Regulation.None;

    public BaseMargin Base { get; init; } = new();

    public DependenceAddOn? Dependence { get; init; }

    public ConcentrationAddOn? Concentration { get; init; }

    public StressedObservations? Stress { get; init; }

    public ProcyclicalityBuffer? Buffer { get; init; }

    /// <summary>The first day's variance of a factor is at least <see cref="RiskFactor.LongRunVariance"/> (EMIR RTS Art. 28(1)(c)).</summary>
    public bool LongRunFloor { get; init; }

    /// <summary>Largest share of (sum of the product classes' margins − netted margin) that is given as offset, 0 to 1; <see langword="null"/>: all of it. EMIR RTS Art. 27(4): at most 0.8.</summary>
    public double? OffsetLimit { get; init; }

    public LiquidityCost? Liquidity { get; init; }

    public ScenarioGrid? Grid { get; init; }

    /// <summary>One per settlement coin; empty: none.</summary>
    public IReadOnlyList<DepegJump> Depegs { get; init; } = [];

    public CollateralTerms Collateral { get; init; } = new();

    /// <summary>Least requirement of an account that holds a position; run currency, not negative.</summary>
    public double MinimumMargin { get; init; }

    /// <summary>Requirements are rounded up to whole multiples of this, run currency; 0: not rounded.</summary>
    public decimal RoundingUnit { get; init; }

    public MarginLevels Levels { get; init; } = new();
}

public enum Regulation
{
    None,

    /// <summary>EMIR RTS: minima of Articles 24 (confidence), 26 (liquidation period), 27 (offsets) and 28 (procyclicality).</summary>
    Emir,
}
