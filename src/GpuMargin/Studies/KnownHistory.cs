using GpuMargin.Calibration.History;

namespace GpuMargin.Studies;

/// <summary>What was known at the end of a day of a history.</summary>
static class KnownHistory
{
    /// <summary>The returns up to and with that day, nothing later.</summary>
    /// <param name="day">Row of <see cref="ReturnHistory.Returns"/>.</param>
    /// <param name="window">Only the last so many of them; all when <see langword="null"/>.</param>
    /// <remarks>The history's warnings are left out: they tell of the whole file.</remarks>
    public static ReturnHistory Until(ReturnHistory history, int day, int? window = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfNegative(day);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(day, history.Returns.GetLength(0));
        int factors = history.Factors.Count;
        int count = Math.Min(day + 1, window ?? int.MaxValue);
        int first = day + 1 - count;
        double[,] returns = new double[count, factors];
        Array.Copy(history.Returns, first * factors, returns, 0, count * factors);
        return history with
        {
            Dates = [.. history.Dates.Skip(first).Take(count)],
            Returns = returns,
            Levels = null,
            LastLevels = Levels(history, day),
            Warnings = [],
        };
    }

    /// <summary>Level by factor at the end of a day; 1 where the history has returns only.</summary>
    public static double[] Levels(ReturnHistory history, int day)
    {
        ArgumentNullException.ThrowIfNull(history);
        double[] levels = new double[history.Factors.Count];
        for (int factor = 0; factor < levels.Length; factor++)
        {
            levels[factor] = history.Levels is { } known ? known[day, factor] : 1;
        }

        return levels;
    }

    /// <summary>A history whose returns are <paramref name="factor"/> times as far from their mean from a day on; levels stay as they are.</summary>
    /// <param name="from">Row of the first day that is changed; the mean is that of the rows before it.</param>
    /// <remarks>Run beside the history itself it has the same innovations and the same book at the same prices, so that the ratio of the two requirements is the model's response to the step alone.</remarks>
    public static ReturnHistory WithVolatilityStep(ReturnHistory history, int from, double factor)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        double[,] returns = (double[,])history.Returns.Clone();
        for (int column = 0; column < history.Factors.Count; column++)
        {
            double mean = 0;
            for (int day = 0; day < from; day++)
            {
                mean += returns[day, column] / from;
            }

            for (int day = from; day < returns.GetLength(0); day++)
            {
                returns[day, column] = mean + factor * (returns[day, column] - mean);
            }
        }

        return history with { Returns = returns };
    }
}
