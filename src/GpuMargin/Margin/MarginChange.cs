using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>A netting set before and after a change of its clearing set.</summary>
/// <param name="Accounts">Those of the changed set; a new account has nothing before.</param>
public sealed record MarginChange(string NettingSet, IReadOnlyList<(AccountMargin? Before, AccountMargin After)> Accounts)
{
    /// <summary>Whether the change names one of the accounts.</summary>
    internal bool IsNamed { get; init; }

    /// <summary>Requirement before; <see langword="null"/> without a policy, and of a new netting set.</summary>
    public Requirement? Before { get; } = Accounts.Select(account => account.Before?.Requirement).FirstOrDefault(requirement => requirement is not null);

    /// <summary>Requirement after; <see langword="null"/> without a policy.</summary>
    public Requirement? After { get; } = Accounts.Select(account => account.After.Requirement).FirstOrDefault(requirement => requirement is not null);

    /// <summary>How much more is required; without a policy, of margin.</summary>
    internal double Size => After is not null
        ? (double)Math.Abs(After.Required - (Before?.Required ?? 0))
        : Accounts.Sum(account => Math.Abs(account.After.Margin - (account.Before?.Margin ?? 0)));

    bool IsMoved =>
        Accounts.Any(account => account.Before is null || BitConverter.DoubleToInt64Bits(account.Before.Margin) != BitConverter.DoubleToInt64Bits(account.After.Margin))
        || Amounts(Before) != Amounts(After);

    /// <summary>Netting sets with an account that is named, or whose margin, requirement, collateral or call differs; in order of first accounts.</summary>
    /// <param name="changed">The set of the margins after.</param>
    internal static IReadOnlyList<MarginChange> Of(ClearingSet changed, IReadOnlyList<AccountMargin> before, IReadOnlyList<AccountMargin> after, IReadOnlySet<string> named)
    {
        Dictionary<string, AccountMargin> known = before.ToDictionary(account => account.Account, StringComparer.Ordinal);
        IEnumerable<MarginChange> all = Margin.NettingSet.Of(changed).Select(set => new MarginChange(
            set.Name, [.. set.Accounts.Select(account => (known.GetValueOrDefault(changed.Accounts[account]), after[account]))])
        {
            IsNamed = set.Accounts.Any(account => named.Contains(changed.Accounts[account])),
        });
        return [.. all.Where(set => set.IsMoved || set.IsNamed)];
    }

    static (decimal, decimal, decimal, decimal, decimal)? Amounts(Requirement? requirement) => requirement is null
        ? null
        : (requirement.Required, requirement.Initial, requirement.Maintenance, requirement.Collateral, requirement.Called);
}
