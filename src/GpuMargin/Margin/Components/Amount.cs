using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin.Components;

/// <summary>Booked money of computed money: decimals with twelve places, so that totals are the exact sums of their parts, in whatever order.</summary>
static class Amount
{
    /// <summary>A decimal's 28 digits leave 16 before the point.</summary>
    const int Places = 12;

    /// <summary>Sums of several stay below 16 digits.</summary>
    const double Most = 1e15;

    /// <summary>The amount to 15 significant digits and twelve places, up.</summary>
    /// <exception cref="RefusedInputException">1e15 or more.</exception>
    public static decimal Of(double amount) => Math.Abs(amount) < Most
        ? amount == (long)amount ? (long)amount : Of((decimal)amount) // whole amounts without the tenfold time of finding digits
        : throw new RefusedInputException([new Fault(
            "positions.csv", null, null, amount.ToString("R", CultureInfo.InvariantCulture), "amounts of a requirement below 1e15, which sum exactly (a quantity, a multiplier, a price or a stressed move is too large)")]);

    /// <summary>A product of amounts to twelve places, up.</summary>
    public static decimal Of(decimal amount) => decimal.Round(amount, Places, MidpointRounding.ToPositiveInfinity);

    /// <summary>The smallest multiple of the unit that is not below the amount: in the house's favour.</summary>
    /// <param name="unit">0: the amount as it is.</param>
    public static decimal RoundUp(decimal amount, decimal unit) => unit == 0 ? amount : decimal.Ceiling(amount / unit) * unit;
}
