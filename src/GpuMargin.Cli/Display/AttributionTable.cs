using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>Expected shortfall of an account by underlying and position, the worst scenarios and what moved in them.</summary>
static class AttributionTable
{
    const int PartsShown = 10, MovesShown = 3;

    internal static void Write(Terminal terminal, AttributionPrint attribution)
    {
        Amounts amounts = new(attribution.Positions.Select(part => Math.Abs(part.Component)).Append(Math.Abs(attribution.ExpectedShortfall)).Max());
        terminal.Out.WriteLine(
            $"{VisibleText.Name(attribution.Account)}: expected shortfall {amounts.Of(attribution.ExpectedShortfall)} {attribution.Currency}, standard error {amounts.Of(attribution.StandardError)}");
        if (attribution.Positions.Length == 0)
        {
            terminal.Out.WriteLine("It holds nothing.");
            return;
        }

        if (attribution.NettingBenefit is { } benefit)
        {
            terminal.Out.WriteLine($"netting benefit: its underlyings alone would need {amounts.Of(benefit)} more");
        }

        Parts("underlying", attribution.Underlyings);
        Parts("position", attribution.Positions);
        if (attribution.ProductClasses.Length > 1)
        {
            Parts("product class", attribution.ProductClasses);
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine("moves in the tail, standard deviations: " + Moves(attribution.Drivers));
        TextTable worst = new(
            $"worst scenarios, {attribution.Currency}", new("scenario", IsNumber: false), new("loss"), new("share"), new("largest moves, standard deviations", IsNumber: false));
        foreach (ScenarioPrint scenario in attribution.Worst)
        {
            worst.Add(scenario.Scenario.ToString(CultureInfo.InvariantCulture), amounts.Of(scenario.Loss), Percent(scenario.Share), Markup.Escape(Moves(scenario.Moves)));
        }

        worst.Write(terminal);

        void Parts(string heading, PartPrint[] parts)
        {
            bool compared = parts[0].Alone is not null, marginal = parts[0].Marginal is not null;
            TextTable table = new(
                $"expected shortfall by {heading}, {attribution.Currency}",
                [
                    new(heading, IsNumber: false), new("component"), new("\u00b1 error", Optional: 2), new("share"),
                    .. compared ? (TextColumn[])[new("alone", Optional: 3), new("saved without", Optional: 1)] : [],
                    .. marginal ? (TextColumn[])[new("one more", Optional: 4)] : [],
                ]);
            // Where there are many, those that matter: the largest by size.
            HashSet<PartPrint> shown = [.. parts.OrderByDescending(part => Math.Abs(part.Component)).Take(PartsShown)];
            foreach (PartPrint part in parts.Where(shown.Contains))
            {
                Row(PlainConsole.Cell(part.Name), part.Component, amounts.Of(part.StandardError), part.Alone, part.Incremental, part.Marginal);
            }

            if (shown.Count < parts.Length)
            {
                Row($"{parts.Length - shown.Count} others", parts.Where(part => !shown.Contains(part)).Sum(part => part.Component), "", null, null, null);
            }

            table.Write(terminal);

            void Row(string name, double component, string error, double? alone, double? incremental, double? more) => table.Add(
            [
                name, amounts.Of(component), error, Share(component),
                .. compared ? (string[])[Amount(alone), Amount(incremental)] : [],
                .. marginal ? (string[])[more is { } one ? new Amounts(Math.Abs(one)).Of(one) : ""] : [],
            ]);
        }

        string Amount(double? amount) => amount is { } known ? amounts.Of(known) : "";

        string Share(double component) => attribution.ExpectedShortfall > 0 ? Percent(component / attribution.ExpectedShortfall) : "";
    }

    static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    static string Moves(MovePrint[] moves) =>
        string.Join(", ", moves.Take(MovesShown).Select(move => $"{VisibleText.Name(move.Factor)} {move.Deviations.ToString("+0.0;-0.0", CultureInfo.InvariantCulture)}"));
}
