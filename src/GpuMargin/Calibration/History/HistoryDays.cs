namespace GpuMargin.Calibration.History;

/// <summary>A history with several rows a day as one of days.</summary>
static class HistoryDays
{
    /// <summary>Every day (UTC) of the file as one row that stands at its last one: the last price known of the day, or the sum of its returns; no value where no row has one.</summary>
    public static HistoryRows Aggregated(HistoryRows history, HistoryValues values)
    {
        List<HistoryRow> days = [];
        foreach (HistoryRow row in history.Rows)
        {
            bool same = days.Count > 0 && row.Date is { } date && days[^1].Date is { } before && date.UtcDateTime.Date == before.UtcDateTime.Date;
            if (!same)
            {
                days.Add(row);
                continue;
            }

            double[] joined = [.. row.Values];
            for (int factor = 0; factor < joined.Length; factor++)
            {
                double earlier = days[^1].Values[factor];
                joined[factor] = double.IsNaN(joined[factor]) ? earlier
                    : values == HistoryValues.Returns && !double.IsNaN(earlier) ? earlier + joined[factor]
                    : joined[factor];
            }

            days[^1] = row with { Values = joined };
        }

        return history with { Rows = days };
    }
}
