using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin;

/// <summary>Accounts that share a requirement.</summary>
/// <param name="Accounts">Indices into <see cref="ClearingSet.Accounts"/>, ascending.</param>
sealed record NettingSet(string Name, string Member, AccountType Type, IReadOnlyList<int> Accounts)
{
    /// <summary>Netting sets in order of their first accounts; without accounts.csv each account alone, as a house account of its own.</summary>
    public static IReadOnlyList<NettingSet> Of(ClearingSet set) => Of(set.Accounts, set.AccountTerms);

    /// <param name="terms">One per account, or none.</param>
    public static IReadOnlyList<NettingSet> Of(IReadOnlyList<string> accounts, IReadOnlyList<AccountTerms> terms)
    {
        Dictionary<string, int> known = [];
        List<NettingSet> all = [];
        for (int account = 0; account < accounts.Count; account++)
        {
            AccountTerms its = Terms(accounts, terms, account);
            if (known.TryGetValue(its.NettingSet, out int index))
            {
                ((List<int>)all[index].Accounts).Add(account);
            }
            else
            {
                known[its.NettingSet] = all.Count;
                all.Add(new NettingSet(its.NettingSet, its.Member, its.Type, new List<int> { account }));
            }
        }

        return all;
    }

    public static AccountTerms Terms(ClearingSet set, int account) => Terms(set.Accounts, set.AccountTerms, account);

    static AccountTerms Terms(IReadOnlyList<string> accounts, IReadOnlyList<AccountTerms> terms, int account) => terms.Count > 0
        ? terms[account]
        : new AccountTerms { Member = accounts[account], Type = AccountType.House, NettingSet = accounts[account] };
}
