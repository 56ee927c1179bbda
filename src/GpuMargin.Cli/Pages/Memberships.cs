using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;

namespace GpuMargin.Cli.Pages;

/// <summary>Members and netting sets of a run's accounts.</summary>
static class Memberships
{
    /// <summary>Terms by account, as the clearing set has them; without it those of netting sets' first accounts, in whose rows they stand.</summary>
    /// <param name="set">Of the run, or <see langword="null"/>.</param>
    public static Dictionary<string, AccountTerms> Of(IReadOnlyList<AccountMargin> accounts, ClearingSet? set)
    {
        Dictionary<string, AccountTerms> terms = new(StringComparer.Ordinal);
        for (int account = 0; account < set?.Accounts.Count; account++)
        {
            terms[set.Accounts[account]] = NettingSet.Terms(set, account);
        }

        foreach (AccountMargin row in set is null ? accounts : [])
        {
            if (row.Requirement is { } requirement)
            {
                terms[row.Account] = new AccountTerms { Member = requirement.Member, Type = requirement.Type, NettingSet = requirement.NettingSet };
            }
        }

        return terms;
    }
}
