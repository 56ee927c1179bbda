using System.Globalization;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Limits;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>Limits that are breached.</summary>
sealed class BreachesSection : PageSection
{
    const int Shown = 100;

    public override string Id => "limits";

    public override string Title => "Limits";

    public override bool IsOn(ReportPage page) => page.Breaches is not null;

    public override void Write(HtmlWriter html, ReportPage page)
    {
        IReadOnlyList<LimitBreach> breaches = page.Breaches!;
        if (breaches.Count == 0)
        {
            html.Write($"<p>No limit is breached.</p>\n");
            return;
        }

        HtmlTable.Begin(
            html, "Amounts above their limits, in the order of the limits", "", breaches.Count > 2, Column.Text("Breached by"), Column.Text("Scope"), Column.Text("Measure"),
            Column.Text("Kind"), Column.Number("Amount"), Column.Number("At most"), Column.Number("Threshold"), Column.Number("Excess"));
        foreach (LimitBreach breach in breaches.Take(Shown))
        {
            string threshold = breach.Kind == LimitKind.Absolute ? page.Amounts.Of(breach.Threshold) : breach.Threshold.ToString("0.## %", CultureInfo.InvariantCulture);
            html.Write($"<tr><th scope=\"row\">{breach.Name}<td class=\"t\">{LimitWords.Scopes.WordOf(breach.Scope)}<td class=\"t\">{LimitWords.Measures.WordOf(breach.Measure)}");
            html.Write($"<td class=\"t\">{LimitWords.Kinds.WordOf(breach.Kind)}<td class=\"alarm\">{page.Amounts.Of(breach.Amount)}<td>{page.Amounts.Of(breach.Bound)}");
            html.Write($"<td>{threshold}<td>{page.Amounts.Of(breach.Amount - breach.Bound)}</tr>\n");
        }

        HtmlTable.End(html);
        if (breaches.Count > Shown)
        {
            html.Write($"<p>{breaches.Count - Shown:N0} more are in breaches.csv.</p>\n");
        }
    }
}
