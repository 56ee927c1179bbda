using System.Globalization;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Pages;

/// <summary>The whole page: one file that asks for nothing else.</summary>
static class PageDocument
{
    /// <returns>UTF-8; the same for the same run.</returns>
    public static byte[] ToBytes(ReportPage page)
    {
        PageSection[] sections = [.. PageSection.All.Where(section => section.IsOn(page))];
        HtmlWriter html = new();
        Head(html, page);
        html.Write($"<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n<header>\n");
        Heading(html, page);
        html.Write($"<nav aria-label=\"Sections\"><ul>\n");
        foreach (PageSection section in sections)
        {
            html.Write($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>\n");
        }

        html.Write($"</ul></nav>\n</header>\n<main id=\"content\">\n");
        Figures(html, page);
        foreach (string note in page.Notes)
        {
            html.Write($"<p class=\"note\">{note:phrase}</p>\n");
        }

        foreach (PageSection section in sections)
        {
            html.Write($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\">\n<h2 id=\"{section.Id}-title\">{section.Title}</h2>\n");
            section.Write(html, page);
            html.Write($"</section>\n");
        }

        html.Write($"</main>\n<footer><p>gpumargin {page.Record.Version:phrase}, run {page.Record.RunId ?? "without id"}</p></footer>\n<script>");
        html.Write(PageResource.Script);
        html.Write($"</script>\n</body>\n</html>\n");
        return System.Text.Encoding.UTF8.GetBytes(html.ToString());
    }

    // Nothing is loaded, sent or run but the style and the script that stand in the page.
    static void Head(HtmlWriter html, ReportPage page)
    {
        html.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Write($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{PageResource.Style.Hash}'; script-src '{PageResource.Script.Hash}'; base-uri 'none'; form-action 'none'\">\n");
        html.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
        html.Write($"<title>Margin report {Day(page.Record)}, {Whose(page)}</title>\n<style>");
        html.Write(PageResource.Style);
        html.Write($"</style>\n</head>\n");
    }

    static void Heading(HtmlWriter html, ReportPage page)
    {
        RecordedSettings settings = page.Record.Settings;
        string confidence = (100 * settings.Confidence).ToString("0.####", CultureInfo.InvariantCulture);
        html.Write($"<h1><span class=\"kicker\">Margin report</span> {Whose(page)}</h1>\n");
        html.Write($"<p class=\"asof\">As of <strong>{settings.AsOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC</strong>, amounts in {settings.Currency}. ");
        html.Write($"Margins are expected shortfall at {confidence} % over {settings.HorizonDays} day{(settings.HorizonDays == 1 ? "" : "s")} in {page.Accounts.Max(account => account.Margin.Scenarios) ?? settings.Scenarios:N0} scenarios.</p>\n");
    }

    static void Figures(HtmlWriter html, ReportPage page)
    {
        html.Write($"<dl class=\"figures\">\n");
        if (page.HasRequirements)
        {
            int calls = page.Requirements.Count(requirement => requirement.Called > 0);
            Figure(html, calls == 1 ? "1 margin call" : Text.Invariant($"{calls:N0} margin calls"), page.Amounts.Of(page.Members.Sum(member => member.Called)), calls > 0);
            Figure(html, "Requirement", page.Amounts.Of(page.Members.Sum(member => member.Required)));
            Figure(html, "Collateral", page.Amounts.Of(page.Members.Sum(member => member.Collateral)));
        }

        Figure(html, "Sum of margins", page.Amounts.Of(page.Accounts.Sum(account => account.Margin.Margin)));
        if (page.Breaches is { } breaches)
        {
            Figure(html, "Limits breached", breaches.Count.ToString("N0", CultureInfo.InvariantCulture), breaches.Count > 0);
        }

        Figure(html, "Accounts", page.Accounts.Count.ToString("N0", CultureInfo.InvariantCulture));
        html.Write($"</dl>\n");
    }

    static void Figure(HtmlWriter html, string what, string amount, bool isAlarming = false)
    {
        html.Write($"<div class=\"{(isAlarming ? "alarm" : "figure")}\"><dt>{what}</dt><dd>{amount}</dd></div>\n");
    }

    static string Whose(ReportPage page) => page.Member ?? "All members";

    static string Day(RunRecord record) => record.Settings.AsOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
