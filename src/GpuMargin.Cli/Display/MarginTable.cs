using System.Globalization;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.RiskMeasures;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>The result for people: worst accounts first, then one line of totals.</summary>
static class MarginTable
{
    internal const int RowsShown = 20;

    // From here on amounts are whole; smaller ones, as in coin, show this many digits in front and behind the point together.
    const double WholeFrom = 1000;
    const int DigitsOfLargest = 6;

    const int PrefixLength = 12;

    internal static void Write(Terminal terminal, MarginReport report, RunRecord record, string file)
    {
        string amount = AmountFormat(report.Accounts);
        AccountMargin[] worst = [.. report.Accounts.OrderByDescending(row => row.Margin).Take(RowsShown)];
        bool own = report.Settings.TargetError is not null;
        Table table = PlainConsole.Table(terminal, "account", ["positions", "value", "VaR", "ES \u00b1 %", "margin", .. own ? (string[])["scenarios"] : []]);
        foreach (AccountMargin row in worst)
            table.AddRow([
                Markup.Escape(row.Account),
                row.Positions.ToString("N0", CultureInfo.InvariantCulture),
                Amount(row.Value),
                Amount(row.ValueAtRisk.Value),
                $"{Amount(row.ExpectedShortfall.Value)} {HalfWidth(row.ExpectedShortfall)}",
                Amount(row.Margin),
                .. own ? (string[])[Count(row.Scenarios!.Value)] : []]);
        PlainConsole.Of(terminal).Write(table);
        if (report.Accounts.Count > RowsShown)
            terminal.Out.WriteLine(Text.Invariant($"\u2026 and {report.Accounts.Count - RowsShown:N0} more in {file}"));
        terminal.Out.WriteLine(
            $"{Count(report.Accounts.Count)} accounts, total margin {Amount(report.Accounts.Sum(row => row.Margin))} {report.Settings.Currency}, "
            + $"{(own ? "up to " : "")}{Count(report.Scenarios)} scenarios, P&L {Prefix(report.ProfitAndLossSha256)}, "
            + Text.Invariant($"{record.Timings.Total:F2} s"));

        string Amount(double value) => value.ToString(amount, CultureInfo.InvariantCulture);
        static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>The first characters of a SHA-256: enough to tell runs apart by eye.</summary>
    internal static string Prefix(string sha256) => sha256[..Math.Min(PrefixLength, sha256.Length)];

    /// <summary>Half the width of the interval relative to the estimate in two figures; none when there is no loss to relate to.</summary>
    static string HalfWidth(Estimate estimate)
    {
        if (estimate.Value <= 0)
            return new string(' ', "\u00b10.0%".Length);
        double percent = 50 * (estimate.High - estimate.Low) / estimate.Value;
        return $"\u00b1{percent.ToString(percent < 9.95 ? "F1" : "F0", CultureInfo.InvariantCulture),3}%";
    }

    static string AmountFormat(IReadOnlyList<AccountMargin> accounts)
    {
        double largest = accounts.Select(row => row.Margin).DefaultIfEmpty().Max();
        int digits = largest >= 1 ? (int)Math.Floor(Math.Log10(largest)) + 1 : 0;
        return $"N{(largest >= WholeFrom ? 0 : DigitsOfLargest - digits)}";
    }
}
