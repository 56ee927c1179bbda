using GpuMargin.Margin;

namespace GpuMargin.Cli.Json;

/// <summary>What changed since another run; largest changes first.</summary>
/// <param name="Out">Folder of the other run.</param>
/// <param name="Margins">By account.</param>
/// <param name="Requirements">By netting set; absent where either run has no policy.</param>
sealed record RunChanges(string Out, DateTimeOffset AsOf, string Currency, AmountChange[] Margins, AmountChange[]? Requirements)
{
    internal static RunChanges Of(string folder, DateTimeOffset asOf, string currency, IReadOnlyList<AccountMargin> then, IReadOnlyList<AccountMargin> now)
    {
        AccountMargin[] before = WithRequirement(then), after = WithRequirement(now);
        return new RunChanges(
            folder, asOf, currency,
            Changes(then.Select(Margin), now.Select(Margin)),
            before.Length == 0 || after.Length == 0 ? null : Changes(before.Select(Required), after.Select(Required)));
    }

    static AccountMargin[] WithRequirement(IReadOnlyList<AccountMargin> rows) => [.. rows.Where(row => row.Requirement is not null)];

    static (string Name, double Amount) Margin(AccountMargin row) => (row.Account, row.Margin);

    static (string Name, double Amount) Required(AccountMargin row) => (row.Requirement!.NettingSet, (double)row.Requirement.Required);

    // Those of this run, then those that only the other one has.
    static AmountChange[] Changes(IEnumerable<(string Name, double Amount)> then, IEnumerable<(string Name, double Amount)> now)
    {
        Dictionary<string, double> before = then.ToDictionary(row => row.Name, row => row.Amount, StringComparer.Ordinal);
        List<AmountChange> changes = [];
        foreach ((string name, double amount) in now)
        {
            bool isKnown = before.Remove(name, out double earlier);
            changes.Add(new AmountChange(name, isKnown ? earlier : null, amount, amount - earlier));
        }

        changes.AddRange(before.Select(gone => new AmountChange(gone.Key, gone.Value, null, -gone.Value)));
        return [.. changes.OrderByDescending(change => Math.Abs(change.Change))];
    }
}

/// <param name="Name">Account or netting set.</param>
/// <param name="Then">Absent where it is new.</param>
/// <param name="Now">Absent where it is gone.</param>
sealed record AmountChange(string Name, double? Then, double? Now, double Change);
