using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.History;

/// <summary>Returns of a history's columns by kind: differences of an additive column, log-returns of the others.</summary>
static class ColumnReturns
{
    /// <param name="rows">Complete.</param>
    /// <param name="kinds">By column.</param>
    /// <returns>[day, factor]; of prices one day fewer than rows.</returns>
    public static double[,] Of(List<HistoryRow> rows, RiskFactorKind[] kinds, HistoryValues values)
    {
        int first = values == HistoryValues.Prices ? 1 : 0;
        double[,] returns = new double[rows.Count - first, kinds.Length];
        for (int day = 0; day < rows.Count - first; day++)
        {
            for (int factor = 0; factor < kinds.Length; factor++)
            {
                double value = rows[day + first].Values[factor];
                returns[day, factor] = first == 0 ? value
                    : kinds[factor] == RiskFactorKind.Additive ? value - rows[day].Values[factor]
                    : Math.Log(value / rows[day].Values[factor]);
            }
        }

        return returns;
    }
}
