using System.Globalization;
using GpuMargin.Reporting.Charts;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>Exceedances of a roll: how often losses were above the margin.</summary>
sealed class RollSection : PageSection
{
    const int RowsShown = 40, LossesShown = 20;
    const double Width = 900, Height = 270;

    public override string Id => "roll";

    public override string Title => "Exceedances";

    public override bool IsOn(ReportPage page) => page.Roll is not null;

    public override void Write(HtmlWriter html, ReportPage page)
    {
        RollPart roll = page.Roll!;
        if (roll.Days.Count == 0)
        {
            html.Write($"<p>The roll has none of these accounts.</p>\n");
            return;
        }

        html.Write($"<p>Margins recomputed on {roll.Days.Count:N0} days from {Day(roll.Days[0])} to {Day(roll.Days[^1])}. An exceedance is a loss over the margin period above the amount at its beginning. ");
        html.Write($"The files of a roll have no hashes, so nothing vouches for them.</p>\n");
        Picture(html, page, roll);
        Sums(html, roll);
        RollRow[] exceeded = [.. roll.Rows.Where(row => row.Exceedances > 0)];
        if (exceeded.Length > 0)
        {
            Rows(html, page, exceeded);
        }

        Losses(html, page, roll);
    }

    static void Sums(HtmlWriter html, RollPart roll)
    {
        HtmlTable.Begin(
            html, "Exceedances of all these accounts by requirement", "", isSorted: false, Column.Text("Requirement"),
            Column.Number("Exceedances"), Column.Number("Periods"), Column.Number("Share"), Column.Number("Accounts with any"));
        foreach (IGrouping<string, RollRow> rows in roll.Rows.GroupBy(row => row.Requirement).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            int exceedances = rows.Sum(row => row.Exceedances), periods = rows.Sum(row => row.Periods ?? 0);
            html.Write($"<tr><th scope=\"row\">{rows.Key.Replace('_', ' ')}<td>{exceedances:N0}<td>{periods:N0}<td>{Shares.Of(exceedances, periods)}<td>{rows.Count(row => row.Exceedances > 0):N0}</tr>\n");
        }

        HtmlTable.End(html);
    }

    static void Rows(HtmlWriter html, ReportPage page, RollRow[] rows)
    {
        HtmlTable.Begin(
            html, "Accounts with exceedances, most first", "", isSorted: true, Column.Text("Account"), Column.Text("Requirement"), Column.Number("Exceedances"), Column.Number("Periods"),
            Column.Number("Share"), Column.Number("Mean amount"), Column.Number("Highest"), Column.Number("Kupiec p of VaR"));
        foreach (RollRow row in rows.Take(RowsShown))
        {
            html.Write($"<tr><th scope=\"row\">{row.Account}<td class=\"t\">{row.Requirement.Replace('_', ' ')}<td>{row.Exceedances:N0}<td>{row.Periods ?? 0:N0}<td>{Shares.Of(row.Exceedances, row.Periods ?? 0)}");
            html.Write($"<td>{page.Amounts.Of(row.Mean)}<td>{page.Amounts.Of(row.Highest)}<td>{row.PValue?.ToString("0.000", CultureInfo.InvariantCulture)}</tr>\n");
        }

        HtmlTable.End(html);
        if (rows.Length > RowsShown)
        {
            html.Write($"<p>{rows.Length - RowsShown:N0} more rows are in roll-summary.csv.</p>\n");
        }
    }

    static void Picture(HtmlWriter html, ReportPage page, RollPart roll)
    {
        const string Title = "Sum of margins and of losses, day by day";
        ChartPanel panel = ChartPanel.Around(78, 30, Width - 90, Height - 60, [roll.Margins, roll.Losses], fromZero: true);
        using SvgDocument picture = SvgDocument.OnPage(Width, Height, $"{Title}: margins from {page.Amounts.Of(roll.Margins.Min())} to {page.Amounts.Of(roll.Margins.Max())}, largest loss {page.Amounts.Of(roll.Losses.Max())} {page.Currency}");
        panel.Draw(picture, $"Margins and, thin, losses of all these accounts together, {page.Currency}", roll.Days, page.Amounts.Of, withDates: true);
        panel.Plot(picture, roll.Losses, "var(--tail)", 1);
        panel.Plot(picture, roll.Margins, "var(--c0)", 2);
        html.Write($"<div class=\"scroll\"><figure class=\"broad\">");
        html.Write(picture);
        html.Write($"</figure></div>\n");
    }

    static void Losses(HtmlWriter html, ReportPage page, RollPart roll)
    {
        if (roll.Exceedances.Length == 0)
        {
            html.Write($"<p>No loss was above the margin.</p>\n");
            return;
        }

        HtmlTable.Begin(
            html, $"Losses above the margin, the largest {Math.Min(LossesShown, roll.Exceedances.Length)} of {roll.Exceedances.Length}", "", isSorted: true, Column.Text("Day"), Column.Text("Account"), Column.Number("Loss"));
        foreach (RollExceedance exceedance in roll.Exceedances.Take(LossesShown))
        {
            html.Write($"<tr><th scope=\"row\">{Day(exceedance.Day)}<td class=\"t\">{exceedance.Account}<td>{page.Amounts.Of(exceedance.Loss)}</tr>\n");
        }

        HtmlTable.End(html);
    }

    static string Day(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
