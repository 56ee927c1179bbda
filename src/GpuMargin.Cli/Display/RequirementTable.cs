using System.Globalization;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;

namespace GpuMargin.Cli.Display;

/// <summary>What is called under a policy: netting sets, then the members' totals and one line of all.</summary>
static class RequirementTable
{
    internal static void Write(Terminal terminal, MarginReport report, string file, TableRows rows)
    {
        Requirement[] all = [.. report.Accounts.Select(account => account.Requirement).OfType<Requirement>()], shown = rows.Requirements(report);
        Amounts amounts = new((double)all.Select(row => row.Required).DefaultIfEmpty().Max());
        TextTable sets = new(
            $"requirement by netting set, {report.Settings.Currency}",
            new("netting set", IsNumber: false), new("base", Optional: 1), new("requirement"), new("collateral"), new("excess", Optional: 2), new("call"), new("member", IsNumber: false));
        foreach (Requirement row in shown.Take(rows.Top))
        {
            sets.Add(
                PlainConsole.Cell(row.NettingSet), amounts.Of(row.Components.Base), amounts.Of(row.Required),
                amounts.Of(row.Collateral), amounts.Of(row.Excess), Call(amounts, row.Called), PlainConsole.Cell(row.Member));
        }

        sets.Write(terminal);
        PlainConsole.More(terminal, shown.Length - rows.Top, file);
        if (report.Members.Count < all.Length)
        {
            WriteMembers(terminal, report, file, rows);
        }

        int calls = all.Count(row => row.Called > 0);
        string called = calls == 0 ? "no call" : $"{Count(calls)} {(calls == 1 ? "call" : "calls")} of {amounts.Of(all.Sum(row => row.Called))} {report.Settings.Currency}";
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            $"{Count(all.Length)} netting sets, requirement {amounts.Of(all.Sum(row => row.Required))}, collateral {amounts.Of(all.Sum(row => row.Collateral))}, {called}");
    }

    static void WriteMembers(Terminal terminal, MarginReport report, string file, TableRows rows)
    {
        MemberTotal[] shown = rows.Members(report);
        Amounts amounts = new((double)report.Members.Max(row => row.Required));
        TextTable table = new(
            $"requirement by clearing member, {report.Settings.Currency}",
            new("member", IsNumber: false), new("netting sets", Optional: 2), new("requirement"), new("collateral"), new("excess", Optional: 1), new("call"), new("type", IsNumber: false));
        foreach (MemberTotal row in shown.Take(rows.Top))
        {
            table.Add(
                PlainConsole.Cell(row.Member), Count(row.NettingSets), amounts.Of(row.Required),
                amounts.Of(row.Collateral), amounts.Of(row.Excess), Call(amounts, row.Called), PolicyWords.AccountTypes.WordOf(row.Type));
        }

        table.Write(terminal);
        PlainConsole.More(terminal, shown.Length - rows.Top, Path.ChangeExtension(file, ".json"));
    }

    static string Call(Amounts amounts, decimal call) => call > 0 ? PlainConsole.Alarming(amounts.Of(call)) : amounts.Of(call);

    static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
