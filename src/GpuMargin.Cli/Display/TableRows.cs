using GpuMargin.ClearingSets;
using GpuMargin.Margin;

namespace GpuMargin.Cli.Display;

/// <summary>Rows of a run's tables: which accounts, netting sets and members, in which order, how many.</summary>
sealed class TableRows
{
    internal const int Default = 20;

    readonly RowOrder? order;
    readonly HashSet<string>? accounts, nettingSets, members; // null: all

    TableRows(int top, RowOrder? order, HashSet<string>? accounts, HashSet<string>? nettingSets, HashSet<string>? members) =>
        (Top, this.order, this.accounts, this.nettingSets, this.members) = (top, order, accounts, nettingSets, members);

    /// <summary>Rows of a table at most.</summary>
    internal int Top { get; }

    /// <param name="accounts">Shown with their netting sets and members; <see langword="null"/>: all.</param>
    /// <param name="members">Shown with their accounts; <see langword="null"/>: all.</param>
    internal static TableRows Of(ClearingSet set, int top, RowOrder? order, string[]? accounts, string[]? members)
    {
        if (accounts is null && members is null)
        {
            return new TableRows(top, order, null, null, null);
        }

        NettingSet[] shown = [.. NettingSet.Of(set).Where(nettingSet =>
            members?.Contains(nettingSet.Member) != false && (accounts is null || nettingSet.Accounts.Any(account => accounts.Contains(set.Accounts[account]))))];
        return new TableRows(
            top, order,
            [.. shown.SelectMany(nettingSet => nettingSet.Accounts).Select(account => set.Accounts[account]).Where(account => accounts?.Contains(account) != false)],
            [.. shown.Select(nettingSet => nettingSet.Name)], [.. shown.Select(nettingSet => nettingSet.Member)]);
    }

    internal bool HasAccount(string name) => accounts?.Contains(name) != false;

    internal bool HasNettingSet(string name) => nettingSets?.Contains(name) != false;

    internal AccountMargin[] Accounts(MarginReport report)
    {
        AccountMargin[] shown = [.. report.Accounts.Where(row => HasAccount(row.Account))];
        return order == RowOrder.Name ? ByName(shown, row => row.Account)
            : [.. shown.OrderByDescending(order is { } own && RowOrders.OfAccount(own) is { } amount ? amount : row => row.Margin)];
    }

    internal Requirement[] Requirements(MarginReport report) => Sorted(
        [.. report.Accounts.Select(account => account.Requirement).OfType<Requirement>().Where(row => HasNettingSet(row.NettingSet))],
        row => row.NettingSet, row => new Covered(row.Required, row.Collateral, row.Excess, row.Called));

    internal MemberTotal[] Members(MarginReport report) => Sorted(
        [.. report.Members.Where(row => members?.Contains(row.Member) != false)],
        row => row.Member, row => new Covered(row.Required, row.Collateral, row.Excess, row.Called));

    // Calls come first where nothing else is asked for.
    T[] Sorted<T>(T[] rows, Func<T, string> name, Func<T, Covered> covered) => order == RowOrder.Name
        ? ByName(rows, name)
        : order is { } own && RowOrders.OfRequirement(own) is { } amount
        ? [.. rows.OrderByDescending(row => amount(covered(row)))]
        : [.. rows.OrderByDescending(row => covered(row).Called).ThenByDescending(row => covered(row).Required)];

    static T[] ByName<T>(T[] rows, Func<T, string> name) => [.. rows.OrderBy(name, StringComparer.Ordinal)];
}

/// <summary>A requirement and what covers it, of a netting set or a member; run currency.</summary>
readonly record struct Covered(decimal Required, decimal Collateral, decimal Excess, decimal Called);
