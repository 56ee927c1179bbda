using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Cli.Display;

/// <summary>The accounts whose intervals are still too wide, widest first.</summary>
static class MissedTarget
{
    internal const int LinesShown = 20;

    internal static IEnumerable<string> Lines(MarginReport report)
    {
        HashSet<string> missed = [.. report.MissedTarget!];
        AccountMargin[] rows = [.. report.Accounts.Where(row => missed.Contains(row.Account)).OrderByDescending(row => Relative(row.ExpectedShortfall))];
        string target = Text.Invariant($"±{100 * report.Settings.TargetError!.Value:0.####} %");
        foreach (AccountMargin row in rows.Take(LinesShown))
        {
            yield return Text.Invariant($"{VisibleText.Name(row.Account)}: expected shortfall within {Width(row.ExpectedShortfall)} after {row.Scenarios:N0} scenarios, {(row.ExpectedShortfallTrusted ? "" : "an interval that cannot be trusted, ")}asked for {target}");
        }

        if (rows.Length > LinesShown)
        {
            yield return Text.Invariant($"… and {rows.Length - LinesShown:N0} more; run-record.json names them all");
        }

        yield return Text.Invariant($"gpumargin: {rows.Length:N0} of {report.Accounts.Count:N0} accounts missed the target error; the margins are written with their intervals");
    }

    static string Width(Estimate estimate) => estimate.Value == 0
        ? Text.Invariant($"±{estimate.HalfWidth:G3} of zero")
        : Text.Invariant($"±{100 * Relative(estimate):G3} %");

    static double Relative(Estimate estimate) => estimate.HalfWidth / Math.Abs(estimate.Value);
}
