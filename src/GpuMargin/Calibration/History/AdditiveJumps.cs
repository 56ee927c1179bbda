using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Files;

namespace GpuMargin.Calibration.History;

/// <summary>Outliers of additive columns. Their levels pass zero, so that a change is compared with the column's other changes and not with the level.</summary>
static class AdditiveJumps
{
    /// <summary>Median changes; a t distribution with 3 degrees of freedom passes them once in 6,000 days.</summary>
    const double Medians = 20;

    public static void Report(HistoryRows history, List<HistoryRow> rows, RiskFactorKind[] kinds, double[,] returns, FaultList warnings)
    {
        int first = rows.Count - returns.GetLength(0);
        for (int factor = 0; factor < kinds.Length; factor++)
        {
            if (kinds[factor] != RiskFactorKind.Additive)
            {
                continue;
            }

            double[] sizes = [.. Enumerable.Range(0, returns.GetLength(0)).Select(day => Math.Abs(returns[day, factor]))];
            double[] changes = [.. sizes.Where(size => size > 0).Order()];
            double limit = Medians * changes[changes.Length / 2];
            for (int day = 0; day < sizes.Length; day++)
            {
                if (sizes[day] >= limit)
                {
                    HistoryRow row = rows[day + first];
                    warnings.Add(history.File, row.Line, history.Factors[factor], row.Values[factor].ToString(CultureInfo.InvariantCulture), FormattableString.Invariant(
                        $"a change below {limit:G4}, {Medians} times the median one (it is {returns[day, factor]:G6}: a wrong digit?)"));
                }
            }
        }
    }
}
