using System.Globalization;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;

namespace GpuMargin.Studies;

/// <summary>Finds the days of a roll in a history.</summary>
static class RollRange
{
    /// <param name="daysBefore">Days before the first one that have to be calibrated too.</param>
    /// <returns>Rows of the history's returns.</returns>
    /// <exception cref="RefusedInputException">No day lies in the range, or the first one knows too few returns.</exception>
    public static DayRange Of(ReturnHistory history, DateTimeOffset from, DateTimeOffset to, int daysBefore)
    {
        int first = HistorySetReader.LastDay(history, from.AddTicks(-1)) + 1;
        int end = HistorySetReader.LastDay(history, to) + 1;
        string span = FormattableString.Invariant($"{history.Dates[0]:yyyy-MM-dd} to {history.Dates[^1]:yyyy-MM-dd}");
        List<Fault> faults = [];
        if (from > to)
        {
            faults.Add(Of(nameof(RollOptions.To), to, FormattableString.Invariant($"a day that is not before settings.From, {from:yyyy-MM-dd}")));
        }
        else if (first >= history.Dates.Count)
        {
            faults.Add(Of(nameof(RollOptions.From), from, $"a day of {history.Input.Name}, {span}"));
        }
        else if (end == 0)
        {
            faults.Add(Of(nameof(RollOptions.To), to, $"a day of {history.Input.Name}, {span}"));
        }
        else if (first + 1 - daysBefore < ReturnHistory.ReturnsAtLeast)
        {
            faults.Add(Of(nameof(RollOptions.From), from, FormattableString.Invariant(
                $"a day on which {ReturnHistory.ReturnsAtLeast + daysBefore} returns are known: {history.Dates[Math.Min(ReturnHistory.ReturnsAtLeast + daysBefore, history.Dates.Count) - 1]:yyyy-MM-dd} or later")));
        }
        else if (first >= end)
        {
            faults.Add(Of(nameof(RollOptions.To), to, FormattableString.Invariant($"at least one day of {history.Input.Name} from {from:yyyy-MM-dd} on, the next is {history.Dates[first]:yyyy-MM-dd}")));
        }

        return faults.Count == 0 ? new DayRange(first, end) : throw new RefusedInputException(faults);
    }

    static Fault Of(string setting, DateTimeOffset found, string expected) =>
        new(Fault.Settings, null, setting, found.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), expected);
}
