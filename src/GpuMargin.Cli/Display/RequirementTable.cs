using System.Globalization;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>What is called under a policy: largest calls first, then the members' totals and one line of all.</summary>
static class RequirementTable
{
    internal static void Write(Terminal terminal, MarginReport report, string file)
    {
        Requirement[] all = [.. report.Accounts.Select(account => account.Requirement).OfType<Requirement>()];
        MemberTotal[] members = [.. report.Members];
        Amounts amounts = new((double)all.Select(row => row.Required).DefaultIfEmpty().Max());
        Table sets = PlainConsole.Table(terminal, "netting set", ["base", "requirement", "collateral", "excess", "call"], "member");
        foreach (Requirement row in all.OrderByDescending(row => row.Called).ThenByDescending(row => row.Required).Take(MarginTable.RowsShown))
        {
            sets.AddRow(
                PlainConsole.Cell(row.NettingSet), amounts.Of(row.Components.Base), amounts.Of(row.Required),
                amounts.Of(row.Collateral), amounts.Of(row.Excess), amounts.Of(row.Called), PlainConsole.Cell(row.Member));
        }

        PlainConsole.Of(terminal).Write(sets);
        if (all.Length > MarginTable.RowsShown)
        {
            terminal.Out.WriteLine(Text.Invariant($"\u2026 and {all.Length - MarginTable.RowsShown:N0} more in {file}"));
        }

        if (members.Length < all.Length)
        {
            WriteMembers(terminal, members, file);
        }

        int calls = all.Count(row => row.Called > 0);
        string called = calls == 0 ? "no call" : $"{Count(calls)} {(calls == 1 ? "call" : "calls")} of {amounts.Of(all.Sum(row => row.Called))} {report.Settings.Currency}";
        terminal.Out.WriteLine(
            $"{Count(all.Length)} netting sets, requirement {amounts.Of(all.Sum(row => row.Required))}, collateral {amounts.Of(all.Sum(row => row.Collateral))}, {called}");
    }

    static void WriteMembers(Terminal terminal, MemberTotal[] members, string file)
    {
        Amounts amounts = new((double)members.Max(row => row.Required));
        Table table = PlainConsole.Table(terminal, "member", ["netting sets", "requirement", "collateral", "excess", "call"], "type");
        foreach (MemberTotal row in members.OrderByDescending(row => row.Called).ThenByDescending(row => row.Required).Take(MarginTable.RowsShown))
        {
            table.AddRow(
                PlainConsole.Cell(row.Member), Count(row.NettingSets), amounts.Of(row.Required),
                amounts.Of(row.Collateral), amounts.Of(row.Excess), amounts.Of(row.Called), PolicyWords.AccountTypes.WordOf(row.Type));
        }

        PlainConsole.Of(terminal).Write(table);
        if (members.Length > MarginTable.RowsShown)
        {
            terminal.Out.WriteLine(Text.Invariant($"\u2026 and {members.Length - MarginTable.RowsShown:N0} more in {Path.ChangeExtension(file, ".json")}"));
        }
    }

    static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
