using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>Totals of members by account type.</summary>
sealed class MembersSection : PageSection
{
    public override string Id => "members";

    public override string Title => "Totals";

    public override bool IsOn(ReportPage page) => page.HasRequirements;

    public override void Write(HtmlWriter html, ReportPage page)
    {
        HtmlTable.Begin(
            html, "Sums over netting sets by member and account type", "", page.Members.Count > 2, Column.Text("Member"), Column.Text("Type"), Column.Number("Netting sets"),
            Column.Number("Requirement"), Column.Number("Initial"), Column.Number("Maintenance"), Column.Number("Collateral"), Column.Number("Excess"), Column.Number("Call"));
        foreach (MemberTotal total in page.Members.OrderBy(total => total.Member, StringComparer.Ordinal).ThenBy(total => total.Type))
        {
            html.Write($"<tr><th scope=\"row\">{total.Member}<td class=\"t\">{PolicyWords.AccountTypes.WordOf(total.Type)}<td>{total.NettingSets:N0}");
            html.Write($"<td>{page.Amounts.Of(total.Required)}<td>{page.Amounts.Of(total.Initial)}<td>{page.Amounts.Of(total.Maintenance)}");
            html.Write($"<td>{page.Amounts.Of(total.Collateral)}<td>{page.Amounts.Of(total.Excess)}<td class=\"{(total.Called > 0 ? "alarm" : "n")}\">{page.Amounts.Of(total.Called)}</tr>\n");
        }

        HtmlTable.End(html);
    }
}
