using System.Globalization;
using GpuMargin.Cli.Json;
using GpuMargin.Margin;
using GpuMargin.Reporting.Charts;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>Accounts with calls or breaches and the largest, each folded: interval, components, losses, attribution and worst scenarios.</summary>
sealed class DetailsSection : PageSection
{
    const int PartsShown = 6, MovesShown = 5;

    public override string Id => "details";

    public override string Title => "Accounts in detail";

    public override bool IsOn(ReportPage page) => page.Details.Count > 0;

    public override void Write(HtmlWriter html, ReportPage page)
    {
        int urgent = page.Accounts.Count(account => account.Called > 0 || account.IsBreached), others = urgent - page.Details.Count(detail => detail.Account.Called > 0 || detail.Account.IsBreached);
        html.Write($"<p>Accounts with a call or a breach and the largest: {page.Details.Count:N0} of {page.Accounts.Count:N0}. ");
        if (others > 0)
        {
            html.Write($"Of those with a call or a breach {others:N0} are left out for the size of the page; <code>gpumargin explain</code> shows them. ");
        }

        html.Write($"<span class=\"only-script\" hidden><button type=\"button\" id=\"unfold\">Unfold all</button> <button type=\"button\" id=\"fold\">Fold all</button></span></p>\n");
        for (int number = 0; number < page.Details.Count; number++)
        {
            Write(html, page, page.Details[number], number);
        }
    }

    static void Write(HtmlWriter html, ReportPage page, AccountDetail detail, int number)
    {
        PageAccount account = detail.Account;
        html.Write($"<details id=\"d{number}\" class=\"account\"><summary><h3>{account.Name}</h3>");
        if (account.Terms is { } terms)
        {
            html.Write($" <span>{terms.Member}</span>");
        }

        html.Write($" <span>{(account.Requirement is null ? "margin" : "requirement")} {page.Amounts.Of(account.Requirement is { } r ? (double)r.Required : account.Margin.Margin)}</span>");
        if (account.Called > 0)
        {
            html.Write($" <span class=\"alarm\">call {page.Amounts.Of(account.Called)}</span>");
        }

        if (account.IsBreached)
        {
            html.Write($" <span class=\"alarm\">breach</span>");
        }

        html.Write($"</summary>\n<div class=\"parts\">\n");
        Measures(html, page, account);
        if (detail.Losses is { } losses)
        {
            using SvgDocument picture = LossPicture.Of(account.Margin, losses, page.Amounts);
            html.Write($"<figure>");
            html.Write(picture);
            html.Write($"<figcaption>Scenarios by loss, {page.Currency}; red: the tail behind VaR.</figcaption></figure>\n");
        }

        if (detail.Attribution is { Positions.Length: > 0 } parts)
        {
            Parts(html, page, account, "underlying", parts.Underlyings, parts.ExpectedShortfall);
            if (parts.Positions.Length > 1)
            {
                Parts(html, page, account, "position", parts.Positions, parts.ExpectedShortfall);
            }

            Worst(html, page, account, parts);
        }

        html.Write($"</div>\n</details>\n");
    }

    static void Measures(HtmlWriter html, ReportPage page, PageAccount account)
    {
        AccountMargin margin = account.Margin;
        HtmlTable.Begin(html, $"Measures of {ClearingSets.VisibleText.Name(account.Name)}", "", isSorted: false, Column.Text("Measure"), Column.Number("Amount"), Column.Number("95 % interval"));
        Row("Expected shortfall", margin.ExpectedShortfall);
        Row("Value at risk", margin.ValueAtRisk);
        if (account.Requirement is { } requirement)
        {
            foreach (RequirementPart part in RequirementPart.Of([requirement]).Where(part => part.Amount != 0))
            {
                html.Write($"<tr><th scope=\"row\">{(part.Colour == 0 ? "" : "+ ")}{part.Name}<td>{page.Amounts.Of(part.Amount)}<td>\n");
            }

            foreach ((string name, decimal amount) in ((string, decimal)[])[("= requirement", requirement.Required), ("Collateral", requirement.Collateral), ("Call", requirement.Called)])
            {
                html.Write($"<tr><th scope=\"row\">{name}<td>{page.Amounts.Of(amount)}<td>\n");
            }
        }

        HtmlTable.End(html);
        if (!margin.ExpectedShortfallTrusted)
        {
            html.Write($"<p class=\"note\">The interval of expected shortfall cannot be trusted: losses behind VaR are too rare for the scenarios, or their tail is too heavy.</p>\n");
        }

        void Row(string name, Estimate estimate) =>
            html.Write($"<tr><th scope=\"row\">{name}<td>{page.Amounts.Of(estimate.Value)}<td>{page.Amounts.Of(estimate.Low)} to {page.Amounts.Of(estimate.High)}</tr>\n");
    }

    static void Parts(HtmlWriter html, ReportPage page, PageAccount account, string what, PartPrint[] parts, double whole)
    {
        HashSet<PartPrint> shown = [.. parts.OrderByDescending(part => Math.Abs(part.Component)).Take(PartsShown)];
        double largest = shown.Max(part => Math.Abs(part.Component));
        HtmlTable.Begin(
            html, $"Expected shortfall of {ClearingSets.VisibleText.Name(account.Name)} by {what}", "", isSorted: false, Column.Text(char.ToUpperInvariant(what[0]) + what[1..]),
            Column.Number("Component"), Column.Number("± error"), Column.Number("Share"), Column.Text("Lowers or raises"));
        foreach (PartPrint part in parts.Where(shown.Contains))
        {
            html.Write($"<tr><th scope=\"row\">{part.Name}<td>{page.Amounts.Of(part.Component)}<td>{page.Amounts.Of(part.StandardError)}<td>{Shares.Of(part.Component, whole)}<td class=\"bar mid\">");
            using SvgDocument bar = SignedBar.Of(part.Component, largest, "var(--worse)", "var(--better)");
            html.Write(bar);
            html.Write($"</tr>\n");
        }

        if (shown.Count < parts.Length)
        {
            double others = parts.Where(part => !shown.Contains(part)).Sum(part => part.Component);
            html.Write($"<tr><th scope=\"row\">{parts.Length - shown.Count} others<td>{page.Amounts.Of(others)}<td><td>{Shares.Of(others, whole)}<td>\n");
        }

        HtmlTable.End(html);
    }

    static void Worst(HtmlWriter html, ReportPage page, PageAccount account, AttributionPrint parts)
    {
        HtmlTable.Begin(
            html, $"Worst scenarios of {ClearingSets.VisibleText.Name(account.Name)}", "", isSorted: false,
            Column.Text("Scenario"), Column.Number("Loss"), Column.Number("Share"), Column.Text("Largest moves, standard deviations"));
        foreach (ScenarioPrint scenario in parts.Worst)
        {
            html.Write($"<tr><th scope=\"row\">{scenario.Scenario}<td>{page.Amounts.Of(scenario.Loss)}<td>{Shares.Of(scenario.Share, 1)}<td class=\"t\">");
            Moves(html, scenario.Moves);
            html.Write($"</tr>\n");
        }

        html.Write($"<tr><th scope=\"row\">mean of the tail<td>{page.Amounts.Of(parts.ExpectedShortfall)}<td>{Shares.Of(1, 1)}<td class=\"t\">");
        Moves(html, parts.Drivers);
        html.Write($"</tr>\n");
        HtmlTable.End(html);
    }

    static void Moves(HtmlWriter html, MovePrint[] moves)
    {
        foreach (MovePrint move in moves.Take(MovesShown))
        {
            html.Write($"{(move == moves[0] ? "" : ", ")}{move.Factor}\u00a0{move.Deviations.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)}");
        }
    }
}
