namespace GpuMargin.ClearingSets.Changes;

/// <summary>Positions of a set by account, from which sets of some of its accounts are made.</summary>
sealed class AccountSelection
{
    readonly ClearingSet set;
    readonly int[] start; // per account, the first of its rows
    readonly int[] rows; // of the positions, by account, in file order

    public AccountSelection(ClearingSet set)
    {
        this.set = set;
        start = new int[set.Accounts.Count + 1];
        foreach (int account in set.Positions.Account)
        {
            start[account + 1]++;
        }

        for (int account = 1; account < start.Length; account++)
        {
            start[account] += start[account - 1];
        }

        rows = new int[set.Positions.Count];
        int[] next = start[..^1];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[next[set.Positions.Account[row]]++] = row;
        }
    }

    /// <summary>The set with some accounts alone: settings, factors, instruments and policy are the set's own objects.</summary>
    /// <param name="accounts">Ascending.</param>
    public ClearingSet Of(IReadOnlyList<int> accounts)
    {
        int[] held = [.. accounts.SelectMany(account => rows[start[account]..start[account + 1]]).Order()];
        Dictionary<int, int> numbers = accounts.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return set with
        {
            Accounts = [.. accounts.Select(account => set.Accounts[account])],
            AccountTerms = set.AccountTerms.Count == 0 ? set.AccountTerms : [.. accounts.Select(account => set.AccountTerms[account])],
            Positions = new PositionTable(
                [.. held.Select(row => numbers[set.Positions.Account[row]])],
                [.. held.Select(row => set.Positions.Instrument[row])],
                [.. held.Select(row => set.Positions.Quantity[row])]),
            Collateral = [.. set.Collateral.Where(holding => numbers.ContainsKey(holding.Account)).Select(holding => holding with { Account = numbers[holding.Account] })],
            Limits = [],
            Inputs = [],
        };
    }
}
