using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Margin;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>Every account of the page, to be searched, filtered and sorted.</summary>
sealed class AccountsSection : PageSection
{
    public override string Id => "accounts";

    public override string Title => "Accounts";

    public override void Write(HtmlWriter html, ReportPage page)
    {
        Controls(html, page);
        Dictionary<string, AmountChange>? changes = (page.Changes?.Requirements ?? page.Changes?.Margins)?.ToDictionary(change => change.Name, StringComparer.Ordinal);
        bool byNettingSet = page.Changes?.Requirements is not null;
        HtmlTable.Begin(
            html, "All accounts; the requirement of several that share one stands at the first", "all-accounts", isSorted: true,
            [
                Column.Text("Account"), Column.Text("Notes"),
                .. page.HasRequirements ? [Column.Text("Member"), Column.Number("Requirement"), Column.Number("Collateral"), Column.Number("Call")] : Array.Empty<Column>(),
                .. changes is null ? Array.Empty<Column>() : [Column.Number("Change")],
                Column.Number("Margin"), Column.Number("95 % interval"), Column.Number("VaR"), Column.Number("Value"), Column.Number("Positions"),
            ]);
        Dictionary<string, int> details = page.Details.Select((detail, number) => (detail.Account.Name, number)).ToDictionary(pair => pair.Name, pair => pair.number, StringComparer.Ordinal);
        foreach (PageAccount account in page.Accounts)
        {
            html.Write($"<tr><th scope=\"row\">");
            if (details.TryGetValue(account.Name, out int number))
            {
                html.Write($"<a href=\"#d{number}\">{account.Name}</a>");
            }
            else
            {
                html.Write($"{account.Name}");
            }

            html.Write($"<td class=\"t\">{Notes(account)}");
            if (page.HasRequirements)
            {
                Requirement(html, page, account);
            }

            if (changes is not null)
            {
                AmountChange? change = (byNettingSet ? account.Requirement?.NettingSet : account.Name) is { } name ? changes.GetValueOrDefault(name) : null;
                html.Write($"<td>{(change is null ? "" : change.Then is null ? "new" : change.Change > 0 ? $"+{page.Amounts.Of(change.Change)}" : page.Amounts.Of(change.Change))}");
            }

            AccountMargin margin = account.Margin;
            html.Write($"<td>{page.Amounts.Of(margin.Margin)}<td>{Amounts.HalfWidth(margin.ExpectedShortfall).Trim()}<td>{page.Amounts.Of(margin.ValueAtRisk.Value)}");
            html.Write($"<td>{page.Amounts.Of(margin.Value)}<td>{margin.Positions:N0}\n");
        }

        HtmlTable.End(html);
        html.Write($"<p class=\"only-script\" hidden><button type=\"button\" id=\"more\">Show all</button></p>\n");
    }

    // The script shows what only works with it.
    static void Controls(HtmlWriter html, ReportPage page)
    {
        html.Write($"<form class=\"controls only-script\" hidden>\n<label>Search account{(page.HasRequirements ? " or member" : "")} <input type=\"search\" id=\"search\" autocomplete=\"off\"></label>\n");
        html.Write($"<label>Show <select id=\"filter\"><option value=\"\">all accounts</option>");
        foreach ((string word, string label, bool isThere) in ((string, string, bool)[])[
            (CallWord, "with a call", page.Accounts.Any(account => account.Called > 0)),
            (BreachWord, "with a breach", page.Accounts.Any(account => account.IsBreached)),
            (UntrustedWord, "whose ES is not trusted", page.Accounts.Any(account => !account.Margin.ExpectedShortfallTrusted))])
        {
            if (isThere)
            {
                html.Write($"<option value=\"{word}\">{label}</option>");
            }
        }

        html.Write($"</select></label>\n<output id=\"count\" for=\"search filter\"></output>\n</form>\n");
    }

    const string CallWord = "call", BreachWord = "breach", UntrustedWord = "ES not trusted";

    static void Requirement(HtmlWriter html, ReportPage page, PageAccount account)
    {
        html.Write($"<td class=\"t\">{account.Terms?.Member}");
        if (account.Requirement is { } requirement)
        {
            html.Write($"<td>{page.Amounts.Of(requirement.Required)}<td>{page.Amounts.Of(requirement.Collateral)}<td>{(requirement.Called > 0 ? page.Amounts.Of(requirement.Called) : "")}");
        }
        else
        {
            html.Write($"<td><td><td>");
        }
    }

    static string Notes(PageAccount account) => string.Join(", ", ((string?[])[
        account.Called > 0 ? CallWord : null,
        account.IsBreached ? BreachWord : null,
        account.Margin.ExpectedShortfallTrusted ? null : UntrustedWord,
        account.Terms is { } terms && terms.NettingSet != account.Name ? $"in {terms.NettingSet}" : null]).OfType<string>());
}
