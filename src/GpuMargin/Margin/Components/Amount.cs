using GpuMargin.ClearingSets;

namespace GpuMargin.Margin.Components;

/// <summary>From computed money to booked money: decimals, so that totals are the exact sums of their parts.</summary>
static class Amount
{
    /// <summary>The amount to 15 significant digits.</summary>
    /// <exception cref="RefusedInputException">Beyond 7.9e28.</exception>
    public static decimal Of(double amount) => Math.Abs(amount) < (double)decimal.MaxValue
        ? (decimal)amount
        : throw new RefusedInputException([new Fault(
            "positions.csv", null, null, amount.ToString("R", System.Globalization.CultureInfo.InvariantCulture), "requirements below 7.9e28, the largest amount that can be booked exactly")]);

    /// <summary>The smallest multiple of the unit that is not below the amount: in the house's favour.</summary>
    /// <param name="unit">0: the amount as it is.</param>
    public static decimal RoundUp(decimal amount, decimal unit) => unit == 0 ? amount : decimal.Ceiling(amount / unit) * unit;
}
