using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.ClearingSets.Changes;

/// <summary>Trades as rows behind those of positions.csv.</summary>
static class PositionChange
{
    public static ClearingSet Apply(IReadOnlyList<Trade> trades, ClearingSet set, List<Fault> faults)
    {
        if (trades.Count == 0)
        {
            return set;
        }

        KnownNames accounts = new(set.Accounts), instruments = new([.. set.Instruments.Select(instrument => instrument.Name)]);
        HashSet<string> nettingSets = [.. set.AccountTerms.Select(terms => terms.NettingSet)];
        Dictionary<string, int> added = new(StringComparer.Ordinal);
        int before = set.Positions.Count;
        int[] account = Longer(set.Positions.Account), instrument = Longer(set.Positions.Instrument);
        double[] quantity = Longer(set.Positions.Quantity);
        for (int i = 0; i < trades.Count; i++)
        {
            Trade trade = trades[i];
            instrument[before + i] = instruments.Of(trade.Instrument, trade.Place, "instrument", "an instrument of the set", faults);
            quantity[before + i] = trade.Quantity;
            if (!double.IsFinite(trade.Quantity))
            {
                faults.Add(trade.Place.Fault("quantity", FormattableString.Invariant($"{trade.Quantity}"), "a finite number of contracts"));
            }

            int known = accounts.Of(trade.Account);
            if (known < 0 && !added.TryGetValue(trade.Account, out known))
            {
                known = set.Accounts.Count + added.Count;
                added.Add(trade.Account, known);
                CheckNew(trade, nettingSets, faults);
            }

            account[before + i] = known;
        }

        ClearingSet longer = set with
        {
            Accounts = added.Count == 0 ? set.Accounts : [.. set.Accounts, .. added.Keys],
            AccountTerms = added.Count == 0 || set.AccountTerms.Count == 0 ? set.AccountTerms : [.. set.AccountTerms, .. added.Keys.Select(Terms)],
            Positions = new PositionTable(account, instrument, quantity),
        };
        return faults.Count == 0 ? InFileOrder(longer) : longer;

        T[] Longer<T>(T[] column)
        {
            Array.Resize(ref column, before + trades.Count);
            return column;
        }
    }

    static void CheckNew(Trade trade, HashSet<string> nettingSets, List<Fault> faults)
    {
        if (NameRule.Breach(trade.Account) is { } breach)
        {
            faults.Add(trade.Place.Fault("account", trade.Account.Length == 0 ? null : trade.Account, breach));
        }
        else if (nettingSets.Contains(trade.Account))
        {
            faults.Add(trade.Place.Fault("account", trade.Account, "an account of the set, or a new name that no netting set has"));
        }
    }

    static AccountTerms Terms(string account) => new() { Member = account, Type = AccountType.House, NettingSet = account };

    /// <summary>Accounts in order of first appearance in the positions, then those without, as they are read.</summary>
    static ClearingSet InFileOrder(ClearingSet set)
    {
        int[] place = new int[set.Accounts.Count];
        Array.Fill(place, -1);
        int next = 0;
        foreach (int account in set.Positions.Account)
        {
            place[account] = place[account] < 0 ? next++ : place[account];
        }

        int[] order = new int[place.Length];
        for (int account = 0; account < place.Length; account++)
        {
            place[account] = place[account] < 0 ? next++ : place[account];
            order[place[account]] = account;
        }

        return order.AsSpan().SequenceEqual([.. Enumerable.Range(0, order.Length)])
            ? set
            : set with
            {
                Accounts = [.. order.Select(account => set.Accounts[account])],
                AccountTerms = set.AccountTerms.Count == 0 ? set.AccountTerms : [.. order.Select(account => set.AccountTerms[account])],
                Positions = set.Positions with { Account = [.. set.Positions.Account.Select(account => place[account])] },
                Collateral = [.. set.Collateral.Select(holding => holding with { Account = place[holding.Account] })],
            };
    }
}
