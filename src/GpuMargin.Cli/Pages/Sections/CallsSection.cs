using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>Netting sets with a margin call, the largest first.</summary>
sealed class CallsSection : PageSection
{
    const int Shown = 100;

    public override string Id => "calls";

    public override string Title => "Margin calls";

    public override bool IsOn(ReportPage page) => page.HasRequirements;

    public override void Write(HtmlWriter html, ReportPage page)
    {
        PageAccount[] calls = [.. page.Accounts.Where(account => account.Requirement?.Called > 0).OrderByDescending(account => account.Called)];
        if (calls.Length == 0)
        {
            html.Write($"<p>No netting set has a margin call.</p>\n");
            return;
        }

        HtmlTable.Begin(
            html, "Netting sets with a margin call, the largest first", "", calls.Length > 2, Column.Text("Netting set"), Column.Text("Member"), Column.Text("Type"),
            Column.Number("Call"), Column.Number("Requirement"), Column.Number("Maintenance"), Column.Number("Collateral"), Column.Number("Covered"));
        foreach (PageAccount account in calls.Take(Shown))
        {
            Requirement requirement = account.Requirement!;
            html.Write($"<tr><th scope=\"row\">{requirement.NettingSet}<td class=\"t\">{requirement.Member}<td class=\"t\">{PolicyWords.AccountTypes.WordOf(requirement.Type)}");
            html.Write($"<td class=\"alarm\">{page.Amounts.Of(requirement.Called)}<td>{page.Amounts.Of(requirement.Required)}<td>{page.Amounts.Of(requirement.Maintenance)}");
            html.Write($"<td>{page.Amounts.Of(requirement.Collateral)}<td>{Shares.Of((double)requirement.Collateral, (double)requirement.Required)}</tr>\n");
        }

        HtmlTable.End(html);
        if (calls.Length > Shown)
        {
            html.Write($"<p>{calls.Length - Shown:N0} smaller calls are in the table of accounts.</p>\n");
        }
    }
}
