using GpuMargin.Margin;
using GpuMargin.Reporting.Charts;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>Requirements by component, against collateral.</summary>
sealed class ComponentsSection : PageSection
{
    const int Largest = 20;
    const double BarWidth = 600, BarHeight = 22, StackHeight = 14, CollateralHeight = 5;

    public override string Id => "components";

    public override string Title => "Requirement and collateral";

    public override bool IsOn(ReportPage page) => page.HasRequirements;

    public override void Write(HtmlWriter html, ReportPage page)
    {
        Legend(html, RequirementPart.Of([.. page.Requirements]));
        if (page.Member is null)
        {
            Table(html, page, "Member", "Requirement by component against collateral, by member",
                [.. page.Requirements.GroupBy(requirement => requirement.Member).Select(group => (group.Key, group.ToArray())).OrderByDescending(group => group.Item2.Sum(r => r.Required))]);
        }

        (string, Requirement[])[] largest = [.. page.Requirements.OrderByDescending(requirement => requirement.Required).Take(Largest).Select(requirement => (requirement.NettingSet, (Requirement[])[requirement]))];
        int count = page.Requirements.Count();
        Table(html, page, "Netting set", count > Largest ? $"Requirement by component against collateral, the {Largest} largest netting sets" : "Requirement by component against collateral, by netting set", largest);
    }

    static void Legend(HtmlWriter html, RequirementPart[] parts)
    {
        html.Write($"<ul class=\"legend\">\n");
        foreach (RequirementPart part in parts.Where(part => part.Amount != 0))
        {
            html.Write($"<li><span class=\"key c{part.Colour}\"></span>{part.Name}</li>\n");
        }

        html.Write($"<li><span class=\"key cover\"></span>collateral, below</li>\n</ul>\n");
    }

    static void Table(HtmlWriter html, ReportPage page, string heading, string caption, (string Name, Requirement[] Requirements)[] groups)
    {
        HtmlTable.Begin(
            html, caption, "", isSorted: false, Column.Text(heading), Column.Text("Components above, collateral below"),
            Column.Number("Requirement"), Column.Number("Collateral"), Column.Number("Excess"));
        double largest = (double)groups.Max(group => Math.Max(group.Requirements.Sum(r => r.Required), group.Requirements.Sum(r => r.Collateral)));
        foreach ((string name, Requirement[] requirements) in groups)
        {
            html.Write($"<tr><th scope=\"row\">{name}<td class=\"bar wide\">");
            using SvgDocument bar = Bar(page, requirements, BarWidth / Math.Max(largest, double.Epsilon));
            html.Write(bar);
            decimal excess = requirements.Sum(r => r.Excess);
            html.Write($"<td>{page.Amounts.Of(requirements.Sum(r => r.Required))}<td>{page.Amounts.Of(requirements.Sum(r => r.Collateral))}<td class=\"{(excess < 0 ? "alarm" : "n")}\">{page.Amounts.Of(excess)}</tr>\n");
        }

        HtmlTable.End(html);
        html.Write($"<details class=\"plain\"><summary>Amounts by component: {heading.ToLowerInvariant()}s</summary>\n");
        RequirementPart[] parts = RequirementPart.Of(groups[0].Requirements);
        HtmlTable.Begin(html, $"Amounts of the components by {heading.ToLowerInvariant()}, {page.Currency}", "", isSorted: true, [Column.Text(heading), .. parts.Select(part => Column.Number(part.Name)), Column.Number("requirement")]);
        foreach ((string name, Requirement[] requirements) in groups)
        {
            html.Write($"<tr><th scope=\"row\">{name}");
            foreach (RequirementPart part in RequirementPart.Of(requirements))
            {
                html.Write($"<td>{page.Amounts.Of(part.Amount)}");
            }

            html.Write($"<td>{page.Amounts.Of(requirements.Sum(r => r.Required))}</tr>\n");
        }

        HtmlTable.End(html);
        html.Write($"</details>\n");
    }

    static SvgDocument Bar(ReportPage page, Requirement[] requirements, double scale)
    {
        SvgDocument bar = SvgDocument.InCell(BarWidth, BarHeight);
        double x = 0;
        foreach (RequirementPart part in RequirementPart.Of(requirements))
        {
            double width = scale * (double)part.Amount;
            if (part.Amount > 0)
            {
                bar.Rectangle(x, 0, width, StackHeight, Text.Invariant($"var(--c{part.Colour})"), $"{part.Name}: {page.Amounts.Of(part.Amount)}");
            }

            x += width;
        }

        decimal collateral = requirements.Sum(r => r.Collateral);
        if (collateral > 0)
        {
            bar.Rectangle(0, BarHeight - CollateralHeight, scale * (double)collateral, CollateralHeight, "var(--cover)", $"collateral: {page.Amounts.Of(collateral)}");
        }

        return bar;
    }
}
