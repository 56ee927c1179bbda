using GpuMargin.Margin;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Json;

/// <summary>Margins before and after a change.</summary>
/// <param name="Out">Folder of the changed set; absent when it was not written.</param>
/// <param name="NewAccounts">Accounts that the set does not have.</param>
/// <param name="Notes">What a reader should know of the change.</param>
/// <param name="Before">As margins.json: accounts of the netting sets that are named or change, members of the whole set.</param>
/// <param name="After">The same with the change.</param>
sealed record WhatIfResult(
    string? Out, IReadOnlyList<string> NewAccounts, IReadOnlyList<string> Notes, WhatIfTotals TotalsBefore, WhatIfTotals TotalsAfter, MarginsJson Before, MarginsJson After)
{
    internal static WhatIfResult Of(WhatIf answer, IReadOnlyList<MarginChange> changes, string? folder, IReadOnlyList<string> newAccounts, IReadOnlyList<string> notes)
    {
        HashSet<string> shown = [.. changes.SelectMany(change => change.Accounts).Select(account => account.After.Account)];
        return new WhatIfResult(folder, newAccounts, notes, WhatIfTotals.Of(answer.Before), WhatIfTotals.Of(answer.After), Part(answer.Before), Part(answer.After));

        MarginsJson Part(MarginReport report) => new(
            report.Settings.Currency, [.. report.Accounts.Where(account => shown.Contains(account.Account))], report.Members);
    }
}

/// <summary>Totals of the whole set.</summary>
/// <param name="Margin">Sum over the accounts, run currency.</param>
sealed record WhatIfTotals(int Accounts, double Margin, string ProfitAndLossSha256)
{
    internal static WhatIfTotals Of(MarginReport report) =>
        new(report.Accounts.Count, report.Accounts.Sum(account => account.Margin), report.ProfitAndLossSha256);
}
