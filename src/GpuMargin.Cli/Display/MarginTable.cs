using System.Globalization;
using GpuMargin.Margin;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Display;

/// <summary>The result for people: margins by account, requirements, then lines of totals.</summary>
static class MarginTable
{
    const int PrefixLength = 12;

    internal static void Write(Terminal terminal, MarginReport report, RunRecord record, string file, TableRows rows)
    {
        Amounts amounts = new(report.Accounts.Select(row => row.Margin).DefaultIfEmpty().Max());
        AccountMargin[] all = rows.Accounts(report), shown = [.. all.Take(rows.Top)];
        bool own = report.Settings.TargetError is not null;
        TextTable table = new(
            Text.Invariant($"margin by account, {report.Settings.AsOf:yyyy-MM-dd}, {report.Settings.Currency}"),
            [new("account", IsNumber: false), new("positions", Optional: 2), new("value", Optional: 1), new("VaR"), new("ES \u00b1 %"), new("margin"), .. own ? (TextColumn[])[new("scenarios")] : []]);
        foreach (AccountMargin row in shown)
        {
            table.Add([
                PlainConsole.Cell(row.Account),
                Count(row.Positions),
                amounts.Of(row.Value),
                amounts.Of(row.ValueAtRisk.Value),
                $"{amounts.Of(row.ExpectedShortfall.Value)} {Amounts.HalfWidth(row.ExpectedShortfall)}{(row.ExpectedShortfallTrusted ? "" : "?")}",
                amounts.Of(row.Margin),
                .. own ? (string[])[Count(row.Scenarios!.Value)] : []]);
        }

        table.Write(terminal);
        PlainConsole.More(terminal, all.Length - shown.Length, file);
        if (shown.Any(row => !row.ExpectedShortfallTrusted))
        {
            terminal.Out.WriteLine("?: the interval of ES cannot be trusted; see the warning");
        }

        if (report.HasRequirements)
        {
            RequirementTable.Write(terminal, report, file, rows);
        }
        else
        {
            terminal.Out.WriteLine();
        }

        terminal.Out.WriteLine(
            $"{Count(report.Accounts.Count)} accounts, total margin {amounts.Of(report.Accounts.Sum(row => row.Margin))} {report.Settings.Currency}, "
            + $"{(own ? "up to " : "")}{Count(report.Scenarios)} scenarios, P&L {Prefix(report.ProfitAndLossSha256)}, "
            + Text.Invariant($"{record.Timings.Total:F2} s"));

        static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>The first characters of a SHA-256: enough to tell runs apart by eye.</summary>
    internal static string Prefix(string sha256) => sha256[..Math.Min(PrefixLength, sha256.Length)];
}
