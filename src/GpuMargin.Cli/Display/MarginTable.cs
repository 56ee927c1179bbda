using System.Globalization;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>The result for people: worst accounts first, then one line of totals.</summary>
static class MarginTable
{
    internal const int RowsShown = 20;

    const int PrefixLength = 12;

    internal static void Write(Terminal terminal, MarginReport report, RunRecord record, string file)
    {
        Amounts amounts = new(report.Accounts.Select(row => row.Margin).DefaultIfEmpty().Max());
        AccountMargin[] worst = [.. report.Accounts.OrderByDescending(row => row.Margin).Take(RowsShown)];
        bool own = report.Settings.TargetError is not null;
        Table table = PlainConsole.Table(terminal, "account", ["positions", "value", "VaR", "ES \u00b1 %", "margin", .. own ? (string[])["scenarios"] : []]);
        foreach (AccountMargin row in worst)
        {
            table.AddRow([
                PlainConsole.Cell(row.Account),
                row.Positions.ToString("N0", CultureInfo.InvariantCulture),
                amounts.Of(row.Value),
                amounts.Of(row.ValueAtRisk.Value),
                $"{amounts.Of(row.ExpectedShortfall.Value)} {Amounts.HalfWidth(row.ExpectedShortfall)}{(row.ExpectedShortfallTrusted ? "" : "?")}",
                amounts.Of(row.Margin),
                .. own ? (string[])[Count(row.Scenarios!.Value)] : []]);
        }

        PlainConsole.Of(terminal).Write(table);
        if (report.Accounts.Count > RowsShown)
        {
            terminal.Out.WriteLine(Text.Invariant($"\u2026 and {report.Accounts.Count - RowsShown:N0} more in {file}"));
        }

        if (worst.Any(row => !row.ExpectedShortfallTrusted))
        {
            terminal.Out.WriteLine("?: the interval of ES cannot be trusted; see the warning");
        }

        if (report.HasRequirements)
        {
            RequirementTable.Write(terminal, report, file);
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
