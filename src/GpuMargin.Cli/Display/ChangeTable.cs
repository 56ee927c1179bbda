using System.Globalization;
using GpuMargin.Cli.Json;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>What changed since another run, largest changes first.</summary>
static class ChangeTable
{
    internal static void Write(Terminal terminal, RunChanges changes)
    {
        terminal.Out.WriteLine(Text.Invariant($"changes since {changes.AsOf:yyyy-MM-dd}"));
        Write(terminal, "account", "margin", changes.Margins);
        if (changes.Requirements is { } requirements)
        {
            Write(terminal, "netting set", "requirement", requirements);
        }
    }

    static void Write(Terminal terminal, string names, string measure, AmountChange[] changes)
    {
        AmountChange[] changed = [.. changes.Where(row => row.Change != 0 || row.Then is null || row.Now is null)];
        if (changed.Length == 0)
        {
            terminal.Out.WriteLine($"no {measure} changed");
            return;
        }

        Amounts amounts = new(changed.Max(row => Math.Max(row.Then ?? 0, row.Now ?? 0)));
        Table table = PlainConsole.Table(terminal, names, [$"{measure} then", "now", "change", "%"]);
        foreach (AmountChange row in changed.Take(MarginTable.RowsShown))
        {
            table.AddRow(
                PlainConsole.Cell(row.Name), Amount(row.Then), Amount(row.Now), $"{(row.Change > 0 ? "+" : "")}{amounts.Of(row.Change)}",
                row is { Then: > 0, Now: not null } ? (row.Change / row.Then.Value).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture) : row.Then is null ? "new" : row.Now is null ? "gone" : "");
        }

        PlainConsole.Of(terminal).Write(table);
        if (changed.Length > MarginTable.RowsShown)
        {
            terminal.Out.WriteLine(Text.Invariant($"… and {changed.Length - MarginTable.RowsShown:N0} smaller changes"));
        }

        string Amount(double? amount) => amount is { } known ? amounts.Of(known) : "";
    }
}
