using System.Globalization;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Limits;

namespace GpuMargin.Cli.Display;

/// <summary>Limits that are breached, in the order of limits.csv.</summary>
static class BreachTable
{
    /// <param name="limits">Rows of limits.csv.</param>
    internal static void Write(Terminal terminal, IReadOnlyList<LimitBreach> breaches, int limits, string file, string currency, int top)
    {
        string title = Text.Invariant($"limits: {(breaches.Count == 0 ? "no breach" : $"{breaches.Count:N0} {(breaches.Count == 1 ? "breach" : "breaches")}")} of {limits:N0} {(limits == 1 ? "row" : "rows")}");
        if (breaches.Count == 0)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine(title);
            return;
        }

        Amounts amounts = new(breaches.Max(breach => Math.Max(Math.Abs(breach.Amount), Math.Abs(breach.Bound))));
        TextTable table = new(
            $"{title}, {currency}",
            new("breached by", IsNumber: false), new("amount"), new("at most"), new("threshold", Optional: 3),
            new("measure", IsNumber: false), new("kind", IsNumber: false, Optional: 1), new("scope", IsNumber: false, Optional: 2));
        foreach (LimitBreach breach in breaches.Take(top))
        {
            table.Add(
                PlainConsole.Cell(breach.Name), PlainConsole.Alarming(amounts.Of(breach.Amount)), amounts.Of(breach.Bound),
                breach.Kind == LimitKind.Absolute ? "" : breach.Threshold.ToString("0.## %", CultureInfo.InvariantCulture),
                LimitWords.Measures.WordOf(breach.Measure), LimitWords.Kinds.WordOf(breach.Kind), LimitWords.Scopes.WordOf(breach.Scope));
        }

        table.Write(terminal);
        PlainConsole.More(terminal, breaches.Count - top, file);
    }
}
