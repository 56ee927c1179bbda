using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Cli.Commands;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Margin;
using GpuMargin.Margin.Limits;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Pages;

/// <summary>What a page says, of the house or of one member; nothing of another member is in it.</summary>
/// <param name="Member"><see langword="null"/>: the house.</param>
/// <param name="Members">Totals by member and account type; of the one member on its page.</param>
/// <param name="Breaches"><see langword="null"/>: the run has no limits.</param>
/// <param name="Changes"><see langword="null"/> without another run.</param>
/// <param name="SinceSha256">Of that run's margins.csv.</param>
/// <param name="Details">Accounts shown in detail.</param>
/// <param name="Notes">What is not on the page, and why.</param>
/// <param name="Roll"><see langword="null"/> without one.</param>
sealed record ReportPage(
    RunRecord Record, string? Member, IReadOnlyList<PageAccount> Accounts, IReadOnlyList<MemberTotal> Members, IReadOnlyList<LimitBreach>? Breaches,
    RunChanges? Changes, string? SinceSha256, IReadOnlyList<AccountDetail> Details, IReadOnlyList<string> Notes, RollPart? Roll)
{
    /// <summary>How money is written.</summary>
    public Amounts Amounts { get; } = new(Accounts.Select(account => Math.Max(account.Size, Math.Abs(account.Margin.Value))).DefaultIfEmpty(0).Max());

    public string Currency => Record.Settings.Currency;

    public bool HasRequirements => Members.Count > 0;

    /// <summary>Requirements of the page's netting sets.</summary>
    public IEnumerable<Requirement> Requirements => Accounts.Select(account => account.Requirement).OfType<Requirement>();

    const string UnknownMembers =
        "Only the clearing set says which netting set the further accounts of one belong to, and it is not there: they stand without a member, and not on a member's page.";

    /// <param name="set">Of the run; <see langword="null"/>: nothing can be computed from it.</param>
    /// <param name="details">Of accounts chosen among the page's.</param>
    public static ReportPage Of(
        EarlierRun run, ClearingSet? set, string? member, EarlierRun? since, RollFiles? roll, IReadOnlyList<string> notes,
        Func<IReadOnlyList<PageAccount>, IReadOnlyList<AccountDetail>> details)
    {
        RunRecord record = run.Run.Record;
        bool hasPolicy = run.Accounts.Any(account => account.Requirement is not null);
        Dictionary<string, AccountTerms> terms = hasPolicy ? Memberships.Of(run.Accounts, set) : [];
        AccountMargin[] rows = [.. run.Accounts.Where(account => member is null || terms.GetValueOrDefault(account.Account)?.Member == member)];
        Dictionary<string, decimal> calls = rows.Select(row => row.Requirement).OfType<Requirement>().ToDictionary(requirement => requirement.NettingSet, requirement => requirement.Called, StringComparer.Ordinal);
        LimitBreach[] ofAccounts = [.. (run.Breaches ?? []).Where(breach => breach.Scope == LimitScope.Account)];
        HashSet<string> breachedSets = [.. ofAccounts.Where(breach => LimitWords.IsOfRequirement(breach.Measure)).Select(breach => breach.Name)];
        HashSet<string> breachedAccounts = [.. ofAccounts.Where(breach => !LimitWords.IsOfRequirement(breach.Measure)).Select(breach => breach.Name)];
        PageAccount[] accounts = [.. rows.Select(Account)];
        AccountMargin[]? before = since?.Accounts.Where(account => member is null || account.Requirement?.Member == member).ToArray();
        return new ReportPage(
            record, member, accounts, MemberTotal.Of(accounts.Select(account => account.Requirement).OfType<Requirement>()),
            run.Breaches?.Where(IsShown).ToArray(),
            since is null ? null : RunChanges.Of(since.Folder, since.AsOf, since.Currency, before!, rows), since?.MarginsSha256,
            details(AccountDetails.Chosen(accounts)),
            [.. notes, .. hasPolicy && set is null && run.Accounts.Any(account => account.Requirement is null) ? [UnknownMembers] : Array.Empty<string>()],
            roll?.Of(member is null ? null : accounts.Select(account => account.Name).ToHashSet(StringComparer.Ordinal), member));

        PageAccount Account(AccountMargin row)
        {
            AccountTerms? its = terms.GetValueOrDefault(row.Account);
            return new PageAccount(
                row, its, its is null ? 0 : calls.GetValueOrDefault(its.NettingSet),
                breachedAccounts.Contains(row.Account) || (its is not null && breachedSets.Contains(its.NettingSet)));
        }

        bool IsShown(LimitBreach breach) => member is null
            || (breach.Scope == LimitScope.Member
                ? breach.Name == member
                : accounts.Any(account => (LimitWords.IsOfRequirement(breach.Measure) ? account.Terms!.NettingSet : account.Name) == breach.Name));
    }
}
