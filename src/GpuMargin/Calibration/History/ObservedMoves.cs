using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.History;

/// <summary>What was seen of every factor on every day: changes of prices, which ticks make equal, or the file's returns.</summary>
static class ObservedMoves
{
    /// <returns>[day, factor]; changes of prices on the scale of the last one.</returns>
    public static double[,] Of(ReturnHistory history)
    {
        (int days, int factors) = (history.Returns.GetLength(0), history.Factors.Count);
        double[,] moves = new double[days, factors];
        RiskFactorKind[] kinds = history.KindOfEach();
        for (int factor = 0; factor < factors; factor++)
        {
            bool isDifference = kinds[factor] == RiskFactorKind.Additive;
            double level = history.LastLevels.Count > 0 && !isDifference ? history.LastLevels[factor] : double.NaN;
            for (int day = days - 1; day >= 0; day--)
            {
                double change = history.Returns[day, factor];
                double before = level * Math.Exp(-change);
                moves[day, factor] = double.IsNaN(level) ? change : level - before;
                level = before;
            }
        }

        return moves;
    }
}
