using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin;

/// <summary>Accounts that share a requirement.</summary>
/// <param name="Accounts">Indices into <see cref="ClearingSet.Accounts"/>, ascending.</param>
sealed record NettingSet(string Name, string Member, AccountType Type, IReadOnlyList<int> Accounts)
{
    /// <summary>In order of their first accounts; without accounts.csv each account alone, as a house account of its own.</summary>
    public static IReadOnlyList<NettingSet> Of(ClearingSet set)
    {
        Dictionary<string, int> known = [];
        List<NettingSet> all = [];
        for (int account = 0; account < set.Accounts.Count; account++)
        {
            AccountTerms terms = Terms(set, account);
            if (known.TryGetValue(terms.NettingSet, out int index))
            {
                ((List<int>)all[index].Accounts).Add(account);
            }
            else
            {
                known[terms.NettingSet] = all.Count;
                all.Add(new NettingSet(terms.NettingSet, terms.Member, terms.Type, new List<int> { account }));
            }
        }

        return all;
    }

    public static AccountTerms Terms(ClearingSet set, int account) => set.AccountTerms.Count > 0
        ? set.AccountTerms[account]
        : new AccountTerms { Member = set.Accounts[account], Type = AccountType.House, NettingSet = set.Accounts[account] };
}
