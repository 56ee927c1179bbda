namespace GpuMargin.ClearingSets.Policy;

/// <summary>What policy.json says: which components a requirement has, and their parameters.</summary>
/// <remarks>EMIR RTS is Commission Delegated Regulation (EU) No 153/2013.</remarks>
public sealed record MarginPolicy
{
    /// <summary>The version of policy.json that this product reads.</summary>
    public const int SupportedVersion = 1;

    /// <summary>Rules whose minima the policy keeps to; a policy below them is refused.</summary>
    public Regulation Regulation { get; init; } = Regulation.None;

    public BaseMargin Base { get; init; } = new();

    /// <summary>Terms of the components that are on, each kind once, in any order.</summary>
    public IReadOnlyList<ComponentTerms> Components { get; init; } = [];

    /// <summary>One per settlement coin; empty: none.</summary>
    public IReadOnlyList<DepegJump> Depegs { get; init; } = [];

    public CollateralTerms Collateral { get; init; } = new();

    /// <summary>Least requirement of an account that holds a position; run currency, not negative.</summary>
    public double MinimumMargin { get; init; }

    /// <summary>Requirements are rounded up to whole multiples of this, run currency; 0: not rounded.</summary>
    public decimal RoundingUnit { get; init; }

    public MarginLevels Levels { get; init; } = new();

    /// <returns><see langword="null"/> where the component is off.</returns>
    public T? Terms<T>()
        where T : ComponentTerms
    {
        foreach (ComponentTerms terms in Components)
        {
            if (terms is T found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The policy with these terms, in place of the component's earlier ones if there are any.</summary>
    public MarginPolicy With<T>(T terms)
        where T : ComponentTerms =>
        this with { Components = [.. Components.Where(other => other is not T), terms] };

    /// <summary>The policy with a component off.</summary>
    public MarginPolicy Without<T>()
        where T : ComponentTerms =>
        this with { Components = [.. Components.Where(other => other is not T)] };
}

public enum Regulation
{
    None,

    /// <summary>EMIR RTS: minima of Articles 24 (confidence), 26 (liquidation period), 27 (offsets) and 28 (procyclicality).</summary>
    Emir,
}
