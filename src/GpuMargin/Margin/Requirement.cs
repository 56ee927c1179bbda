using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin;

/// <summary>What a policy requires of a netting set and what covers it; run currency, exact decimals.</summary>
public sealed record Requirement
{
    public required string NettingSet { get; init; }

    public required string Member { get; init; }

    public required AccountType Type { get; init; }

    /// <summary>Summed over the books of the netting set: its cross positions as one, every isolated position alone.</summary>
    public required ComponentAmounts Components { get; init; }

    /// <summary>The calculated amount or the policy's minimum, whichever is larger, rounded up.</summary>
    public required decimal Required { get; init; }

    /// <summary>Level up to which collateral is called, rounded up.</summary>
    public required decimal Initial { get; init; }

    /// <summary>Level below which collateral is called, rounded up; at most <see cref="Initial"/>.</summary>
    public required decimal Maintenance { get; init; }

    /// <summary>Today's value after haircuts.</summary>
    public required decimal Collateral { get; init; }

    public required decimal Excess { get; init; }

    /// <summary>The margin call.</summary>
    public required decimal Called { get; init; }

    /// <summary>What the requirement would be lower by, were no position isolated; 0 where none is.</summary>
    public required decimal NettingWouldSave { get; init; }
}

/// <summary>Sums over a clearing member's netting sets of one type, exact.</summary>
public sealed record MemberTotal(
    string Member, AccountType Type, int NettingSets, decimal Required, decimal Initial, decimal Maintenance, decimal Collateral, decimal Excess, decimal Called)
{
    /// <summary>Totals in order of first appearance.</summary>
    public static IReadOnlyList<MemberTotal> Of(IEnumerable<Requirement> requirements) =>
    [
        .. requirements.GroupBy(r => (r.Member, r.Type)).Select(group => new MemberTotal(
            group.Key.Member,
            group.Key.Type,
            group.Count(),
            group.Sum(r => r.Required),
            group.Sum(r => r.Initial),
            group.Sum(r => r.Maintenance),
            group.Sum(r => r.Collateral),
            group.Sum(r => r.Excess),
            group.Sum(r => r.Called))),
    ];
}
