using System.Globalization;
using GpuMargin.Cli.Json;

namespace GpuMargin.Cli.Display;

/// <summary>What changed since another run, largest changes first.</summary>
static class ChangeTable
{
    internal static void Write(Terminal terminal, RunChanges changes, TableRows rows)
    {
        Write(terminal, changes, "account", "margin", changes.Margins.Where(row => rows.HasAccount(row.Name)), rows.Top);
        if (changes.Requirements is { } requirements)
        {
            Write(terminal, changes, "netting set", "requirement", requirements.Where(row => rows.HasNettingSet(row.Name)), rows.Top);
        }
    }

    static void Write(Terminal terminal, RunChanges changes, string names, string measure, IEnumerable<AmountChange> all, int top)
    {
        AmountChange[] changed = [.. all.Where(row => row.Change != 0 || row.Then is null || row.Now is null)];
        if (changed.Length == 0)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine(Text.Invariant($"no {measure} changed since {changes.AsOf:yyyy-MM-dd}"));
            return;
        }

        Amounts amounts = new(changed.Max(row => Math.Max(row.Then ?? 0, row.Now ?? 0)));
        TextTable table = new(
            Text.Invariant($"change of {measure} by {names} since {changes.AsOf:yyyy-MM-dd}, {changes.Currency}"),
            new(names, IsNumber: false), new("then", Optional: 1), new("now"), new("change"), new("%", Optional: 2));
        foreach (AmountChange row in changed.Take(top))
        {
            string change = $"{(row.Change > 0 ? "+" : "")}{amounts.Of(row.Change)}";
            table.Add(
                PlainConsole.Cell(row.Name), Amount(row.Then), Amount(row.Now), row.Change > 0 ? PlainConsole.Alarming(change) : change,
                row is { Then: > 0, Now: not null } ? (row.Change / row.Then.Value).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture) : row.Then is null ? "new" : row.Now is null ? "gone" : "");
        }

        table.Write(terminal);
        if (changed.Length > top)
        {
            terminal.Out.WriteLine(Text.Invariant($"… and {changed.Length - top:N0} smaller changes"));
        }

        string Amount(double? amount) => amount is { } known ? amounts.Of(known) : "";
    }
}
