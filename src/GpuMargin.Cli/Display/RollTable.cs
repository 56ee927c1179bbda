using System.Globalization;
using GpuMargin.Calibration;
using GpuMargin.Reporting;
using GpuMargin.Studies;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A roll for people: the accounts with the highest margins, all accounts without and with each measure, and the response to a step.</summary>
static class RollTable
{
    internal const int RowsShown = 10;

    static readonly string[] s_movement = ["last", "mean", "peak/trough", .. Procyclicality.Horizons.Select(days => Text.Invariant($"+{days}d %"))];

    static readonly (double Share, string Name)[] s_ways = [(0.5, "half"), (0.9, "90 %")];

    internal static void Write(Terminal terminal, RollReport report, string folder, double seconds)
    {
        double probability = (double)(1 - report.Settings.Confidence);
        Table accounts = PlainConsole.Table(terminal, "account", [.. s_movement, "exceed.", "VaR exc.", "Kupiec p"]);
        foreach (RollPath path in report.Accounts.OrderByDescending(path => path.Margin.Max()).Take(RowsShown))
        {
            ProportionOfFailures test = path.Test(probability);
            accounts.AddRow(
            [
                PlainConsole.Cell(path.Account), .. Movement(path.Margin), Of(path.Exceedances(RollOption.None), path.Periods),
                Of(path.ValueAtRiskExceedances, path.Periods), Number(test.PValue, "F3"),
            ]);
        }

        PlainConsole.Of(terminal).Write(accounts);
        if (report.Accounts.Count > RowsShown)
        {
            terminal.Out.WriteLine(Text.Invariant($"\u2026 and {report.Accounts.Count - RowsShown:N0} more in {folder}/{RollSummaryCsv.FileName}"));
        }

        bool steps = report.Step is not null;
        Table total = PlainConsole.Table(
            terminal, "all accounts", [.. s_movement, "exceed.", .. steps ? s_ways.Select(way => $"{way.Name}, days") : []]);
        foreach (RollOption option in report.Options)
        {
            total.AddRow(
            [
                RollOptionWord.Of(option), .. Movement(report.Total.Requirement(option)),
                Of(report.Exceedances(option), report.Periods(option)),
                .. steps ? s_ways.Select(way => Number(report.Step!.DaysUntil(way.Share, option) ?? double.NaN, "F0")) : [],
            ]);
        }

        foreach ((string name, double[] amounts) in ComponentPaths.Of(report.Total))
        {
            total.AddRow([$"  {name}", .. Movement(amounts), "", .. steps ? s_ways.Select(_ => "") : []]);
        }

        PlainConsole.Of(terminal).Write(total);
        if (report.Step is { } step)
        {
            terminal.Out.WriteLine(Text.Invariant(
                $"half, 90 %: trading days until the requirement has followed the way to {step.Factor} times itself when volatility is {step.Factor} times as high from the first day on"));
        }

        terminal.Out.WriteLine(Text.Invariant(
            $"{report.Accounts.Count:N0} accounts, {report.Days.Count:N0} days {report.Days[0]:yyyy-MM-dd} to {report.Days[^1]:yyyy-MM-dd}, {report.Settings.Scenarios:N0} scenarios, {report.Fallbacks:N0} of {report.Fits:N0} fits are not of the model asked for, mean {CalibrationWords.Means.WordOf(report.Mean)}, {seconds:F2} s"));
    }

    static IEnumerable<string> Movement(double[] requirement)
    {
        Procyclicality measures = Procyclicality.Of(requirement);
        return
        [
            Number(measures.Last, "N0"), Number(measures.Mean, "N0"), Number(measures.PeakToTrough, "F2"),
            .. measures.Increases.Select(increase => Number(100 * increase.Relative, "F1")),
        ];
    }

    static string Of(int count, int all) => Text.Invariant($"{count:N0} of {all:N0}");

    static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "";
}
