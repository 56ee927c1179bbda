using GpuMargin.Margin;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>Margin, requirement and call before and after a change: first the accounts that it names, then the largest differences.</summary>
static class WhatIfTable
{
    internal static void Write(Terminal terminal, WhatIf answer, IReadOnlyList<MarginChange> changes, double seconds)
    {
        MarginChange[] shown = [.. changes.OrderByDescending(change => change.IsNamed).ThenByDescending(change => change.Size).Take(TableRows.Default)];
        Amounts amounts = new(Largest(answer.Before, answer.After));
        Table table = PlainConsole.Table(terminal, "netting set, account", ["measure", "before", "after", "change"]);
        table.Columns[1].Alignment = Justify.Left;
        foreach (MarginChange change in shown)
        {
            foreach ((AccountMargin? before, AccountMargin after) in change.Accounts)
            {
                Margin(after.Account, before?.Margin ?? 0, after.Margin);
            }

            if (change.After is { } required)
            {
                Row(change.Accounts.Count > 1 ? change.NettingSet : "", "requirement", change.Before?.Required ?? 0, required.Required);
                Row("", "collateral", change.Before?.Collateral ?? 0, required.Collateral);
                Row("", "call", change.Before?.Called ?? 0, required.Called);
            }
        }

        Margin("all", Total(answer.Before), Total(answer.After));
        if (answer.After.HasRequirements)
        {
            Row("", "requirement", answer.Before.Members.Sum(member => member.Required), answer.After.Members.Sum(member => member.Required));
            Row("", "collateral", answer.Before.Members.Sum(member => member.Collateral), answer.After.Members.Sum(member => member.Collateral));
            Row("", "call", answer.Before.Members.Sum(member => member.Called), answer.After.Members.Sum(member => member.Called));
        }

        PlainConsole.Of(terminal).Write(table);
        if (changes.Count > shown.Length)
        {
            terminal.Out.WriteLine(Text.Invariant($"\u2026 and {changes.Count - shown.Length:N0} more netting sets; --json has them all"));
        }

        terminal.Out.WriteLine(Text.Invariant(
            $"{changes.Count:N0} netting {(changes.Count == 1 ? "set" : "sets")} named or changed, {answer.After.Settings.Currency}, P&L {MarginTable.Prefix(answer.Before.ProfitAndLossSha256)} before, {MarginTable.Prefix(answer.After.ProfitAndLossSha256)} after, {seconds:F2} s"));

        void Margin(string name, double before, double after) =>
            table.AddRow(PlainConsole.Cell(name), "margin", amounts.Of(before), amounts.Of(after), (after > before ? "+" : "") + amounts.Of(after - before));

        void Row(string name, string measure, decimal before, decimal after) =>
            table.AddRow(PlainConsole.Cell(name), measure, amounts.Of(before), amounts.Of(after), (after > before ? "+" : "") + amounts.Of(after - before));
    }

    static double Largest(params MarginReport[] reports) => reports.SelectMany(report => report.Accounts)
        .Select(account => Math.Max(account.Margin, (double)(account.Requirement?.Required ?? 0))).DefaultIfEmpty().Max();

    static double Total(MarginReport report) => report.Accounts.Sum(account => account.Margin);
}
