namespace GpuMargin.ClearingSets.Policy;

/// <summary>The names that a limit may have.</summary>
sealed class LimitNames
{
    readonly HashSet<string> accounts, members;
    readonly Dictionary<string, string> nettingSets = new(StringComparer.Ordinal);

    /// <param name="accounts">All of the set.</param>
    /// <param name="terms">One per account, or none: every account is its own netting set, and there are no members to name.</param>
    public LimitNames(IReadOnlyList<string> accounts, IReadOnlyList<AccountTerms> terms)
    {
        this.accounts = [.. accounts];
        members = [.. terms.Select(its => its.Member)];
        for (int account = 0; account < accounts.Count; account++)
        {
            nettingSets[accounts[account]] = terms.Count == 0 ? accounts[account] : terms[account].NettingSet;
        }

        // A netting set may have the name of an account of another one; then the netting set is meant.
        foreach (AccountTerms its in terms)
        {
            nettingSets[its.NettingSet] = its.NettingSet;
        }
    }

    /// <summary>What a name stands for: a netting set where the measure is one's, else the name itself; <see langword="null"/>: it is unknown.</summary>
    public string? Of(LimitScope scope, LimitMeasure measure, string name) =>
        name == MarginLimit.All ? name
        : scope == LimitScope.Account && LimitWords.IsOfRequirement(measure) ? nettingSets.GetValueOrDefault(name)
        : (scope == LimitScope.Account ? accounts : members).Contains(name) ? name : null;

    /// <summary>The known name that was probably meant.</summary>
    public string? Nearest(LimitScope scope, LimitMeasure measure, string name) => NearestName.Of(
        name, scope == LimitScope.Member ? members : LimitWords.IsOfRequirement(measure) ? nettingSets.Keys : accounts);

    /// <summary>Phrase that continues "expected …".</summary>
    public static string Phrase(LimitScope scope, LimitMeasure measure) =>
        scope == LimitScope.Member ? "a clearing member of accounts.csv, or '*' for all"
        : LimitWords.IsOfRequirement(measure) ? "an account or a netting set, or '*' for all"
        : "an account of positions.csv or accounts.csv, or '*' for all";
}
