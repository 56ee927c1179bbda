using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Files;

namespace GpuMargin.Calibration.History;

/// <summary>What is wrong with the days of a history (faults) and what is suspect (warnings).</summary>
static class HistoryChecks
{
    /// <summary>Beyond this share large returns are no outliers but another unit.</summary>
    const double LargestShareOfJumps = 0.05;

    public static void DatesIncrease(HistoryRows history, FaultList faults)
    {
        HistoryRow? before = null;
        foreach (HistoryRow row in history.Rows.Where(row => row.Date is not null))
        {
            if (before is not null && row.Date <= before.Date)
            {
                string expected = row.Date == before.Date ? "each date once" : "dates that increase from row to row";
                faults.Add(history.File, row.Line, "date", Text(row.Date!.Value), FormattableString.Invariant($"{expected} (line {before.Line} has {Text(before.Date!.Value)})"));
            }

            before = row;
        }
    }

    public static void NoFactorIsEmpty(HistoryRows history, FaultList faults)
    {
        for (int factor = 0; factor < history.Factors.Count; factor++)
        {
            if (history.Rows.Count > 0 && history.Rows.All(row => double.IsNaN(row.Values[factor])))
            {
                faults.Add(history.File, history.HeaderLine, history.Factors[factor], "no value in any row", "a factor with values");
            }
        }
    }

    public static void NothingIsMissing(HistoryRows history, List<HistoryRow> rows, FaultList faults) => ForEach(history, rows, (row, factor, value) =>
    {
        if (double.IsNaN(value))
        {
            faults.Add(history.File, row.Line, history.Factors[factor], null, "a value (there is none; the day can be dropped or the value filled forward, but only on demand)");
        }
    });

    public static void AdditiveColumnsExist(HistoryRows history, IEnumerable<string> additive, FaultList faults)
    {
        HashSet<string> prices = [.. history.Factors.Zip(HistoryKinds.Of(history.Factors, [])).Where(column => column.Second == RiskFactorKind.Price).Select(column => column.First)];
        foreach (string name in additive.Where(name => !prices.Contains(name)))
        {
            faults.Add(history.File, history.HeaderLine, null, name, "an additive factor that is a column of prices");
        }
    }

    public static void PricesArePositive(HistoryRows history, List<HistoryRow> rows, RiskFactorKind[] kinds, FaultList faults) => ForEach(history, rows, (row, factor, value) =>
    {
        if (value <= 0 && kinds[factor] != RiskFactorKind.Additive)
        {
            string name = history.Factors[factor];
            faults.Add(history.File, row.Line, name, Text(value), kinds[factor] == RiskFactorKind.Volatility
                ? "an implied volatility greater than 0"
                : $"a price greater than 0 (a price of any sign, such as a spread, is read with '--additive {name}')");
        }
    });

    public static void FactorsVary(HistoryRows history, double[,] returns, FaultList faults)
    {
        for (int factor = 0; factor < history.Factors.Count; factor++)
        {
            double first = returns[0, factor];
            if (Enumerable.Range(0, returns.GetLength(0)).All(day => returns[day, factor] == first))
            {
                faults.Add(history.File, history.HeaderLine, history.Factors[factor], $"the return {Text(first)} on every day", "a factor that varies");
            }
        }
    }

    public static void LookAlikes(HistoryRows history, FaultList warnings)
    {
        foreach ((string earlier, string name) in GpuMargin.ClearingSets.LookAlikes.In(history.Factors))
        {
            warnings.Add(history.File, history.HeaderLine, null, name, $"names that do not look alike ({GpuMargin.ClearingSets.LookAlikes.Told(earlier, name)} are different)");
        }
    }

    /// <summary>Runs of unchanged prices, or of equal returns; one warning per run, at its end.</summary>
    public static void StaleRuns(HistoryRows history, List<HistoryRow> rows, HistoryOptions options, FaultList warnings)
    {
        for (int factor = 0; factor < history.Factors.Count; factor++)
        {
            int start = 0;
            for (int at = 1; at <= rows.Count; at++)
            {
                if (at < rows.Count && rows[at].Values[factor] == rows[start].Values[factor])
                {
                    continue;
                }

                int unchanged = at - start - (options.Values == HistoryValues.Prices ? 1 : 0);
                if (unchanged >= options.StaleDays)
                {
                    warnings.Add(
                        history.File,
                        rows[at - 1].Line,
                        history.Factors[factor],
                        Text(rows[start].Values[factor]),
                        FormattableString.Invariant($"a change within {options.StaleDays} days (unchanged for {unchanged} days, from line {rows[start].Line})"));
                }

                start = at;
            }
        }
    }

    public static void Jumps(HistoryRows history, List<HistoryRow> rows, RiskFactorKind[] kinds, HistoryOptions options, FaultList warnings)
    {
        string limit = string.Create(CultureInfo.InvariantCulture, $"{options.LargestJump}");
        bool[] inPercent = new bool[history.Factors.Count];
        for (int factor = 0; options.Values == HistoryValues.Returns && factor < inPercent.Length; factor++)
        {
            if (kinds[factor] == RiskFactorKind.Additive)
            {
                continue;
            }

            int large = rows.Count(row => Math.Abs(row.Values[factor]) >= options.LargestJump);
            inPercent[factor] = large > LargestShareOfJumps * rows.Count;
            if (inPercent[factor])
            {
                warnings.Add(history.File, history.HeaderLine, history.Factors[factor], FormattableString.Invariant($"{large} returns of size {limit} or more"), "fractions (are the returns percentages? their variance then is in squared percent)");
            }
        }

        for (int at = 0; at < rows.Count; at++)
        {
            for (int factor = 0; factor < history.Factors.Count; factor++)
            {
                double value = rows[at].Values[factor];
                if (kinds[factor] == RiskFactorKind.Additive)
                {
                    continue;
                }

                if (options.Values == HistoryValues.Returns && !inPercent[factor] && Math.Abs(value) >= options.LargestJump)
                {
                    warnings.Add(history.File, rows[at].Line, history.Factors[factor], Text(value), $"a return below {limit} in size");
                }
                else if (options.Values == HistoryValues.Prices && at > 0 && rows[at - 1].Values[factor] is var before && Math.Abs(value / before - 1) >= options.LargestJump)
                {
                    warnings.Add(
                        history.File,
                        rows[at].Line,
                        history.Factors[factor],
                        Text(value),
                        FormattableString.Invariant($"a change below {100 * options.LargestJump}% in one day (line {rows[at - 1].Line} has {before}: a split, or a wrong digit?)"));
                }
            }
        }
    }

    static void ForEach(HistoryRows history, List<HistoryRow> rows, Action<HistoryRow, int, double> check)
    {
        foreach (HistoryRow row in rows)
        {
            for (int factor = 0; factor < history.Factors.Count; factor++)
            {
                check(row, factor, row.Values[factor]);
            }
        }
    }

    static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    static string Text(DateTimeOffset date) => date.TimeOfDay == new TimeSpan(16, 0, 0)
        ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : date.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
}
