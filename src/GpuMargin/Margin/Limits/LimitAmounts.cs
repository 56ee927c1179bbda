using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin.Limits;

/// <summary>Amounts that limits are on, by name; members have the accounts that the set gives them, of an earlier run too.</summary>
sealed class LimitAmounts
{
    readonly IReadOnlyList<AccountMargin> accounts;
    readonly Dictionary<(bool Collateral, LimitScope Scope, LimitMeasure Measure), Dictionary<string, double>> known = [];
    readonly Dictionary<string, NettingSet> setOfAccount = new(StringComparer.Ordinal), byName = new(StringComparer.Ordinal);

    /// <param name="accounts">Of the run, or of an earlier one.</param>
    public LimitAmounts(ClearingSet set, IReadOnlyList<AccountMargin> accounts)
    {
        this.accounts = accounts;
        foreach (NettingSet nettingSet in NettingSet.Of(set))
        {
            byName[nettingSet.Name] = nettingSet;
        }

        for (int account = 0; account < set.Accounts.Count; account++)
        {
            setOfAccount[set.Accounts[account]] = byName[NettingSet.Terms(set, account).NettingSet];
        }
    }

    /// <summary>Amounts of the accounts, netting sets or members that the set has; 0 of one that the run does not have.</summary>
    public Dictionary<string, double> Of(LimitScope scope, LimitMeasure measure) => Known(false, scope, measure);

    /// <summary>Collateral by the same names: an account has that of its netting set.</summary>
    public Dictionary<string, double> Collateral(LimitScope scope, LimitMeasure measure) => Known(true, scope, measure);

    Dictionary<string, double> Known(bool collateral, LimitScope scope, LimitMeasure measure)
    {
        if (!known.TryGetValue((collateral, scope, measure), out Dictionary<string, double>? amounts))
        {
            bool member = scope == LimitScope.Member, ofRequirement = LimitWords.IsOfRequirement(measure);
            known[(collateral, scope, measure)] = amounts =
                collateral && !member && !ofRequirement ? OfNettingSets(OfRequirements(member, requirement => requirement.Collateral))
                : collateral ? OfRequirements(member, requirement => requirement.Collateral)
                : ofRequirement ? OfRequirements(member, requirement => Amount(requirement, measure))
                : OfAccounts(member, row => Amount(row, measure));
        }

        return amounts;
    }

    Dictionary<string, double> OfNettingSets(Dictionary<string, double> amounts) =>
        setOfAccount.ToDictionary(entry => entry.Key, entry => amounts[entry.Value.Name], StringComparer.Ordinal);

    Dictionary<string, double> OfAccounts(bool member, Func<AccountMargin, double> amount)
    {
        Dictionary<string, double> sums = setOfAccount.Keys.Select(Key).Distinct().ToDictionary(key => key, _ => 0.0, StringComparer.Ordinal);
        foreach (AccountMargin row in accounts.Where(row => setOfAccount.ContainsKey(row.Account)))
        {
            sums[Key(row.Account)] += amount(row);
        }

        return sums;

        string Key(string account) => member ? setOfAccount[account].Member : account;
    }

    // Summed as decimals, exactly.
    Dictionary<string, double> OfRequirements(bool member, Func<Requirement, decimal> amount)
    {
        Dictionary<string, decimal> sums = byName.Values.Select(Key).Distinct().ToDictionary(key => key, _ => 0m, StringComparer.Ordinal);
        foreach (Requirement requirement in accounts.Select(row => row.Requirement).OfType<Requirement>().Where(its => byName.ContainsKey(its.NettingSet)))
        {
            sums[Key(byName[requirement.NettingSet])] += amount(requirement);
        }

        return sums.ToDictionary(entry => entry.Key, entry => (double)entry.Value, StringComparer.Ordinal);

        string Key(NettingSet nettingSet) => member ? nettingSet.Member : nettingSet.Name;
    }

    static double Amount(AccountMargin row, LimitMeasure measure) => measure switch
    {
        LimitMeasure.Value => row.Value,
        LimitMeasure.ValueAtRisk => row.ValueAtRisk.Value,
        LimitMeasure.ExpectedShortfall => row.ExpectedShortfall.Value,
        _ => row.Margin,
    };

    static decimal Amount(Requirement requirement, LimitMeasure measure) => measure switch
    {
        LimitMeasure.Requirement => requirement.Required,
        LimitMeasure.Initial => requirement.Initial,
        LimitMeasure.Maintenance => requirement.Maintenance,
        _ => requirement.Called,
    };
}
