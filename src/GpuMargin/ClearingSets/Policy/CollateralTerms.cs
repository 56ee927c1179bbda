namespace GpuMargin.ClearingSets.Policy;

/// <summary>How collateral counts against a requirement.</summary>
public sealed record CollateralTerms
{
    public CollateralValuation Valuation { get; init; } = CollateralValuation.Haircut;

    /// <summary>Haircuts by asset (a currency or a price factor), 0 to 1; for rows of collateral.csv without a haircut.</summary>
    public IReadOnlyDictionary<string, double> Haircuts { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether simulated collateral is also part of offset, concentration and grid, which see the positions alone without it.</summary>
    public bool InAllComponents { get; init; }
}

public enum CollateralValuation
{
    /// <summary>Today's value less the haircut.</summary>
    Haircut,

    /// <summary>Today's value less the haircut, if any; and its P&amp;L is simulated with the portfolio's.</summary>
    Simulated,
}
