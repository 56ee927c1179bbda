using GpuMargin.ClearingSets;
using GpuMargin.Files;

namespace GpuMargin.Calibration.History;

/// <summary>Reads a price or return history: CSV with one column per factor, one row per day in order of time, and optionally a column <c>date</c>.</summary>
public static class HistoryReader
{
    /// <param name="path">The CSV file.</param>
    /// <exception cref="RefusedInputException">The history is faulty; lists every fault.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ReturnHistory Read(string path, HistoryOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new HistoryOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Window ?? ReturnHistory.ReturnsAtLeast, ReturnHistory.ReturnsAtLeast, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StaleDays, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.LargestJump, nameof(options));

        FaultList faults = new();
        FaultList warnings = new();
        SourceFile? source = SourceFile.Open(path, Path.GetFileName(path), "a price or return history", faults);
        HistoryRows? history = source is null ? null : HistoryRows.Read(source, faults, cancellation);
        faults.ThrowIfAny();

        HistoryChecks.DatesIncrease(history!, faults);
        HistoryChecks.NoFactorIsEmpty(history!, faults);
        HistoryChecks.AdditiveColumnsExist(history!, options.Additive, faults);
        faults.ThrowIfAny();

        history = options.AggregateDaily ? HistoryDays.Aggregated(history!, options.Values) : history;
        HistorySpacing.RowsAreDays(history!, faults);
        faults.ThrowIfAny();

        RiskFactorKind[] kinds = HistoryKinds.Of(history!.Factors, options.Additive);
        HistoryGaps gaps = HistoryGaps.Close(history!, options);
        List<HistoryRow> rows = Window(gaps.Rows, options);
        HistoryChecks.NothingIsMissing(history!, rows, faults);
        if (options.Values == HistoryValues.Prices)
        {
            HistoryChecks.PricesArePositive(history!, rows, kinds, faults);
        }

        RequireLength(history!, rows, options, faults);
        faults.ThrowIfAny();

        double[,] returns = ColumnReturns.Of(rows, kinds, options.Values);
        HistoryChecks.FactorsVary(history, returns, faults);
        faults.ThrowIfAny();

        gaps.Report(history, options.Window is null ? 0 : rows[0].Line, warnings);
        HistoryChecks.LookAlikes(history, warnings);
        HistoryChecks.StaleRuns(history, rows, options, warnings);
        HistoryChecks.Jumps(history, rows, kinds, options, warnings);
        AdditiveJumps.Report(history, rows, kinds, returns, warnings);
        IEnumerable<HistoryRow> ends = rows.Skip(options.Values == HistoryValues.Prices ? 1 : 0);
        return new ReturnHistory
        {
            Dates = [.. ends.Where(row => row.Date is not null).Select(row => row.Date!.Value)],
            Factors = history.Factors,
            Kinds = kinds,
            Returns = returns,
            Levels = options.Values == HistoryValues.Prices ? Levels(rows) : null,
            LastLevels = options.Values == HistoryValues.Prices ? rows[^1].Values : [.. history.Factors.Select(_ => double.NaN)],
            DaysDropped = gaps.DaysDropped,
            ValuesFilled = gaps.ValuesFilled,
            Warnings = warnings.InFileOrder(),
            Input = source!.Input,
        };
    }

    static List<HistoryRow> Window(List<HistoryRow> rows, HistoryOptions options)
    {
        int wanted = options.Window is { } returns ? returns + (options.Values == HistoryValues.Prices ? 1 : 0) : rows.Count;
        return rows[Math.Max(0, rows.Count - wanted)..];
    }

    static void RequireLength(HistoryRows history, List<HistoryRow> rows, HistoryOptions options, FaultList faults)
    {
        int needed = ReturnHistory.ReturnsAtLeast + (options.Values == HistoryValues.Prices ? 1 : 0);
        if (rows.Count < needed)
        {
            string unit = rows.Count == 1 ? "day" : "days";
            string left = rows.Count < history.Rows.Count ? " with a value for every factor" : "";
            faults.Add(history.File, null, null, FormattableString.Invariant($"{rows.Count} {unit}{left}"), FormattableString.Invariant($"at least {needed} days ({ReturnHistory.ReturnsAtLeast} returns)"));
        }
    }

    static double[,] Levels(List<HistoryRow> rows)
    {
        double[,] levels = new double[rows.Count - 1, rows[0].Values.Length];
        for (int day = 1; day < rows.Count; day++)
        {
            for (int factor = 0; factor < rows[0].Values.Length; factor++)
            {
                levels[day - 1, factor] = rows[day].Values[factor];
            }
        }

        return levels;
    }
}
