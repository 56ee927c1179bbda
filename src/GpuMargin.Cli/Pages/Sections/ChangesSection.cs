using System.Globalization;
using GpuMargin.Cli.Json;
using GpuMargin.Reporting.Charts;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>What changed since another run: requirements, or margins where a run has no policy; the largest changes first.</summary>
sealed class ChangesSection : PageSection
{
    const int Shown = 25, NamesShown = 50;

    public override string Id => "changes";

    public override string Title => "Changes";

    public override bool IsOn(ReportPage page) => page.Changes is not null;

    public override void Write(HtmlWriter html, ReportPage page)
    {
        RunChanges changes = page.Changes!;
        string since = changes.AsOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (AmountChange[] all, string what, string of) = changes.Requirements is { } requirements
            ? (requirements, "requirement", "netting set") : (changes.Margins, "margin", "account");
        AmountChange[] moved = [.. all.Where(row => row is { Then: not null, Now: not null } && row.Change != 0)];
        AmountChange[] opened = [.. all.Where(row => row.Then is null)], closed = [.. all.Where(row => row.Now is null)];
        double then = all.Sum(row => row.Then ?? 0), now = all.Sum(row => row.Now ?? 0);
        html.Write($"<p>Since {since} the sum of {what}s went from {page.Amounts.Of(then)} to <strong>{page.Amounts.Of(now)}</strong> ({Signed(page, now - then)}");
        html.Write($"{(then > 0 ? ", " : "")}{Shares.Change(now - then, then)}). Of {all.Length:N0} {of}s {moved.Length:N0} changed, {opened.Length:N0} are new and {closed.Length:N0} are closed.</p>\n");
        AmountChange[] shown = [.. all.Where(row => row.Change != 0).Take(Shown)];
        if (shown.Length > 0)
        {
            Table(html, page, shown, $"Largest changes of the {what} since {since}", of, what);
        }

        Names(html, $"New {of}s", opened);
        Names(html, $"Closed {of}s", closed);
    }

    static void Table(HtmlWriter html, ReportPage page, AmountChange[] shown, string caption, string of, string what)
    {
        HtmlTable.Begin(
            html, caption, "", isSorted: true, Column.Text(char.ToUpperInvariant(of[0]) + of[1..]), Column.Number($"{char.ToUpperInvariant(what[0])}{what[1..]} then"),
            Column.Number("Now"), Column.Number("Change"), Column.Number("Relative"), Column.Text("Rise or fall"));
        double largest = shown.Max(row => Math.Abs(row.Change));
        foreach (AmountChange row in shown)
        {
            html.Write($"<tr><th scope=\"row\">{row.Name}<td>{(row.Then is { } then ? page.Amounts.Of(then) : "new")}<td>{(row.Now is { } now ? page.Amounts.Of(now) : "closed")}");
            html.Write($"<td>{Signed(page, row.Change)}<td>{(row.Now is null ? "" : Shares.Change(row.Change, row.Then ?? 0))}<td class=\"bar mid\">");
            using SvgDocument bar = SignedBar.Of(row.Change, largest, "var(--worse)", "var(--better)");
            html.Write(bar);
            html.Write($"</tr>\n");
        }

        HtmlTable.End(html);
    }

    static void Names(HtmlWriter html, string title, AmountChange[] rows)
    {
        if (rows.Length > 0)
        {
            string more = rows.Length > NamesShown ? Text.Invariant($" and {rows.Length - NamesShown:N0} more") : "";
            html.Write($"<p><strong>{title}:</strong> ");
            foreach (AmountChange row in rows.Take(NamesShown))
            {
                html.Write($"{(row == rows[0] ? "" : ", ")}{row.Name}");
            }

            html.Write($"{more}.</p>\n");
        }
    }

    static string Signed(ReportPage page, double change) => change > 0 ? $"+{page.Amounts.Of(change)}" : page.Amounts.Of(change);
}
