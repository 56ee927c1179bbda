using GpuMargin.Calibration;
using GpuMargin.Reporting;
using GpuMargin.Studies;

namespace GpuMargin.Cli.Json;

/// <summary>What <c>roll --json</c> prints; the days are in the files.</summary>
/// <param name="Out">Folder of roll.csv, roll-summary.csv and roll.svg.</param>
sealed record RollPrint(
    string Out, string First, string Last, int Days, int Fits, int Fallbacks, string Mean, double? VolatilityStep, RollPrintAccount[] Accounts, RollPrintRequirement[] Total, double Seconds)
{
    internal static RollPrint Of(RollReport report, string folder, double seconds) => new(
        folder,
        Text.Invariant($"{report.Days[0]:yyyy-MM-dd}"),
        Text.Invariant($"{report.Days[^1]:yyyy-MM-dd}"),
        report.Days.Count,
        report.Fits,
        report.Fallbacks,
        CalibrationWords.Means.WordOf(report.Mean),
        report.Step?.Factor,
        [.. report.Accounts.Select(path => RollPrintAccount.Of(path, (double)(1 - report.Settings.Confidence)))],
        [.. report.Options.Select(option => RollPrintRequirement.Of(report.Total, option, report.Step) with { Exceedances = report.Exceedances(option) })],
        seconds);
}

/// <param name="Kupiec">Of value at risk over periods that do not overlap; absent when there is none.</param>
sealed record RollPrintAccount(
    string Account, int Periods, int VarExceedances, int IndependentPeriods, int IndependentVarExceedances, double? Kupiec, double? PValue, RollPrintRequirement[] Requirements)
{
    internal static RollPrintAccount Of(RollPath path, double probability)
    {
        ProportionOfFailures test = path.Test(probability);
        return new(
            path.Account, path.Periods, path.ValueAtRiskExceedances, test.Periods, test.Exceedances,
            RollPrintRequirement.Known(test.Statistic), RollPrintRequirement.Known(test.PValue),
            [.. path.Options.Select(option => RollPrintRequirement.Of(path, option, null))]);
    }
}

/// <param name="HalfWayDays">Response to the step; absent without one, and where it took longer than the roll.</param>
sealed record RollPrintRequirement(
    string Requirement, double First, double Last, double Mean, double Lowest, double Highest, double MeanChange, double? PeakToTrough,
    RollPrintIncrease[] Increases, int Exceedances, int? HalfWayDays, int? NinetyPercentDays)
{
    internal static RollPrintRequirement Of(RollPath path, RollOption option, StepResponse? step)
    {
        Procyclicality measures = Procyclicality.Of(path.Requirement(option));
        return new(
            RollOptionWord.Of(option), measures.First, measures.Last, measures.Mean, measures.Lowest, measures.Highest, measures.MeanChange,
            Known(measures.PeakToTrough),
            [.. measures.Increases.Select(increase => new RollPrintIncrease(increase.Days, Known(increase.Amount), Known(increase.Relative)))],
            path.Exceedances(option),
            step?.DaysUntil(0.5, option),
            step?.DaysUntil(0.9, option));
    }

    internal static double? Known(double value) => double.IsFinite(value) ? value : null;
}

sealed record RollPrintIncrease(int Days, double? Amount, double? Relative);
