using GpuMargin.Files;

namespace GpuMargin.Calibration.History;

/// <summary>The days of a history after the policy for missing values.</summary>
sealed class HistoryGaps
{
    readonly List<(int Line, int Factor)> filled = [];
    readonly List<(int Line, int Factor)> dropped = []; // the first factor without a value

    HistoryGaps(List<HistoryRow> rows) => Rows = rows;

    public List<HistoryRow> Rows { get; }

    public int DaysDropped => dropped.Count;

    public int ValuesFilled => filled.Count;

    public static HistoryGaps Close(HistoryRows history, HistoryOptions options)
    {
        if (options.Missing == MissingPolicy.Refuse)
        {
            return new HistoryGaps(history.Rows);
        }

        HistoryGaps gaps = new([]);
        foreach (HistoryRow row in history.Rows)
        {
            HistoryRow kept = options.Missing == MissingPolicy.ForwardFill && gaps.Rows.Count > 0
                ? gaps.Filled(row, options.Values == HistoryValues.Prices ? gaps.Rows[^1].Values : new double[row.Values.Length])
                : row;
            if (kept.IsComplete)
            {
                gaps.Rows.Add(kept);
            }
            else
            {
                gaps.dropped.Add((row.Line, Array.FindIndex(row.Values, double.IsNaN)));
            }
        }

        return gaps;
    }

    /// <param name="fromLine">Where the window begins; what lies before it is not used.</param>
    public void Report(HistoryRows history, int fromLine, FaultList warnings)
    {
        foreach ((int line, int factor) in dropped.Where(day => day.Line >= fromLine))
        {
            warnings.Add(history.File, line, history.Factors[factor], null, "a value (the day is left out)");
        }

        foreach ((int line, int factor) in filled.Where(value => value.Line >= fromLine))
        {
            warnings.Add(history.File, line, history.Factors[factor], null, "a value (filled forward)");
        }
    }

    HistoryRow Filled(HistoryRow row, double[] standIn)
    {
        if (row.IsComplete)
        {
            return row;
        }

        double[] values = [.. row.Values];
        for (int factor = 0; factor < values.Length; factor++)
        {
            if (double.IsNaN(values[factor]))
            {
                values[factor] = standIn[factor];
                filled.Add((row.Line, factor));
            }
        }

        return row with { Values = values };
    }
}
