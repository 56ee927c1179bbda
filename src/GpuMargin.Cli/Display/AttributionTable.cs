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

        Parts("underlying", attribution.Underlyings);
        Parts("position", attribution.Positions);
        if (attribution.ProductClasses.Length > 1)
        {
            Parts("product class", attribution.ProductClasses);
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine("moves in the tail, standard deviations: " + Moves(attribution.Drivers));
        Table worst = PlainConsole.Table(terminal, "scenario", ["loss", "share"], "largest moves, standard deviations");
        foreach (ScenarioPrint scenario in attribution.Worst)
        {
            worst.AddRow(scenario.Scenario.ToString(CultureInfo.InvariantCulture), amounts.Of(scenario.Loss), Percent(scenario.Share), Markup.Escape(Moves(scenario.Moves)));
        }

        terminal.Out.WriteLine();
        PlainConsole.Of(terminal).Write(worst);

        void Parts(string heading, PartPrint[] parts)
        {
            Table table = PlainConsole.Table(terminal, heading, ["component", "\u00b1 error", "share"]);
            // Where there are many, those that matter: the largest by size.
            HashSet<PartPrint> shown = [.. parts.OrderByDescending(part => Math.Abs(part.Component)).Take(PartsShown)];
            foreach (PartPrint part in parts.Where(shown.Contains))
            {
                table.AddRow(PlainConsole.Cell(part.Name), amounts.Of(part.Component), amounts.Of(part.StandardError), Share(part.Component));
            }

            if (shown.Count < parts.Length)
            {
                double others = parts.Where(part => !shown.Contains(part)).Sum(part => part.Component);
                table.AddRow($"{parts.Length - shown.Count} others", amounts.Of(others), "", Share(others));
            }

            terminal.Out.WriteLine();
            PlainConsole.Of(terminal).Write(table);
        }

        string Share(double component) => attribution.ExpectedShortfall > 0 ? Percent(component / attribution.ExpectedShortfall) : "";
    }

    static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    static string Moves(MovePrint[] moves) =>
        string.Join(", ", moves.Take(MovesShown).Select(move => $"{VisibleText.Name(move.Factor)} {move.Deviations.ToString("+0.0;-0.0", CultureInfo.InvariantCulture)}"));
}
