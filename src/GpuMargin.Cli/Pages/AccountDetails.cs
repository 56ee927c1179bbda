using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Margin;
using GpuMargin.Margin.Attribution;

namespace GpuMargin.Cli.Pages;

/// <summary>Which accounts a page shows in detail, and what is computed for them.</summary>
static class AccountDetails
{
    const int Urgent = 50, Largest = 50;

    /// <summary>Half of the bins before value at risk, and the greatest number behind it.</summary>
    const int BinsBelow = 12, BinsAbove = 48;

    /// <summary>Accounts with a call, those with a breach and the largest, the most urgent first.</summary>
    public static PageAccount[] Chosen(IReadOnlyList<PageAccount> accounts) =>
    [
        .. accounts.Where(account => account.Called > 0).OrderByDescending(account => account.Called)
            .Concat(accounts.Where(account => account.IsBreached).OrderByDescending(account => account.Size)).Distinct().Take(Urgent)
            .Concat(accounts.OrderByDescending(account => account.Size).Take(Largest)).Distinct(),
    ];

    /// <summary>Attribution, worst scenarios and losses from one plan of the set.</summary>
    public static AccountDetail[] Of(IReadOnlyList<PageAccount> chosen, ClearingSet set, CancellationToken cancellation)
    {
        Dictionary<string, int> numbers = Enumerable.Range(0, set.Accounts.Count).ToDictionary(number => set.Accounts[number], StringComparer.Ordinal);
        int?[] scenarios = new int?[set.Accounts.Count];
        foreach (PageAccount account in chosen)
        {
            scenarios[numbers[account.Name]] = account.Margin.Scenarios;
        }

        Dictionary<string, (AttributionPrint Parts, LossHistogram Losses)> computed = new(StringComparer.Ordinal);
        Computation.Of(set, () =>
        {
            new AttributedSet(set, scenarios, cancellation).Some(
                [.. chosen.Select(account => (numbers[account.Name], Bins(account.Margin)))], new CpuBackend(),
                (tail, moves, losses) => computed[tail.Account] = (AttributionPrint.Of(set, tail, moves), losses), cancellation);
            return computed.Count;
        });
        return [.. chosen.Select(account => new AccountDetail(account, computed[account.Name].Parts, account.Margin.ExpectedShortfall.High > 0 ? computed[account.Name].Losses : null))];
    }

    // An edge is at value at risk, so that what is counted in the tail is what lies behind it.
    static LossHistogram Bins(AccountMargin margin)
    {
        const double Beyond = 2.2;
        double atRisk = margin.ValueAtRisk.Value;
        double width = Math.Max(Math.Abs(atRisk) / (2 * BinsBelow), (Beyond * Math.Max(margin.ExpectedShortfall.High, 0) - atRisk) / BinsAbove);
        width = width > 0 ? width : 1;
        return new LossHistogram(atRisk - BinsBelow * width, width, BinsBelow + BinsAbove);
    }
}
