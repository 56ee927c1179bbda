using System.Globalization;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Cli.Display;

/// <summary>Money in a table: whole, or with six digits in all where the largest amount is small, as in coin.</summary>
sealed class Amounts(double largest)
{
    // From here on amounts are whole.
    const double WholeFrom = 1000;
    const int DigitsOfLargest = 6;

    readonly string format = $"N{(largest >= WholeFrom ? 0 : DigitsOfLargest - DigitsBefore(largest))}";

    internal string Of(double amount) => amount.ToString(format, CultureInfo.InvariantCulture);

    internal string Of(decimal amount) => amount.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Half the width of the interval relative to the estimate in two figures; none when there is no loss to relate to.</summary>
    internal static string HalfWidth(Estimate estimate)
    {
        if (estimate.Value <= 0)
        {
            return new string(' ', "\u00b10.0%".Length);
        }

        double percent = 50 * (estimate.High - estimate.Low) / estimate.Value;
        return $"\u00b1{percent.ToString(percent < 9.95 ? "F1" : "F0", CultureInfo.InvariantCulture),3}%";
    }

    static int DigitsBefore(double amount) => amount >= 1 ? (int)Math.Floor(Math.Log10(amount)) + 1 : 0;
}
