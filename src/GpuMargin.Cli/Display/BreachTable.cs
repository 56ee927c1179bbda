using System.Globalization;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Limits;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>Limits that are breached, in the order of limits.csv.</summary>
static class BreachTable
{
    internal static void Write(Terminal terminal, IReadOnlyList<LimitBreach> breaches, int limits, string file)
    {
        terminal.Out.WriteLine(Text.Invariant($"limits: {(breaches.Count == 0 ? "no breach" : $"{breaches.Count:N0} {(breaches.Count == 1 ? "breach" : "breaches")}")} of {limits:N0} {(limits == 1 ? "row" : "rows")}"));
        if (breaches.Count == 0)
        {
            return;
        }

        Amounts amounts = new(breaches.Max(breach => Math.Max(Math.Abs(breach.Amount), Math.Abs(breach.Bound))));
        Table table = PlainConsole.Table(terminal, "breached by", ["amount", "at most", "threshold"], "measure", "kind", "scope");
        foreach (LimitBreach breach in breaches.Take(MarginTable.RowsShown))
        {
            table.AddRow(
                PlainConsole.Cell(breach.Name), amounts.Of(breach.Amount), amounts.Of(breach.Bound),
                breach.Kind == LimitKind.Absolute ? "" : breach.Threshold.ToString("0.## %", CultureInfo.InvariantCulture),
                LimitWords.Measures.WordOf(breach.Measure), LimitWords.Kinds.WordOf(breach.Kind), LimitWords.Scopes.WordOf(breach.Scope));
        }

        PlainConsole.Of(terminal).Write(table);
        if (breaches.Count > MarginTable.RowsShown)
        {
            terminal.Out.WriteLine(Text.Invariant($"… and {breaches.Count - MarginTable.RowsShown:N0} more in {file}"));
        }
    }
}
