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
        : throw TooLarge(amount, "a quantity, a multiplier, a price or a stressed move");

    /// <summary>A multiple of an amount.</summary>
    /// <exception cref="RefusedInputException">1e15 or more.</exception>
    public static decimal Of(double factor, decimal amount)
    {
        double product = factor * (double)amount;
        return amount == 0 ? 0
            : Math.Abs(product) < Most ? Of((decimal)factor * amount)
            : throw TooLarge(product, "a quantity, a multiplier, a price, or a factor of policy.json");
    }

    /// <summary>A product of amounts to twelve places, up.</summary>
    public static decimal Of(decimal amount) => decimal.Round(amount, Places, MidpointRounding.ToPositiveInfinity);

    static RefusedInputException TooLarge(double amount, string cause) => new([new Fault(
        "positions.csv", null, null, amount.ToString("R", CultureInfo.InvariantCulture), $"amounts of a requirement below 1e15, which sum exactly ({cause} is too large)")]);

    /// <summary>The smallest multiple of the unit that is not below the amount: in the house's favour.</summary>
    /// <param name="unit">0: the amount as it is.</param>
    /// <exception cref="RefusedInputException">1e15 or more.</exception>
    public static decimal RoundUp(decimal amount, decimal unit)
    {
        if (unit == 0)
        {
            return amount;
        }

        // Of the remainder, because a quotient by a small unit has more digits than a decimal.
        decimal over = amount % unit;
        decimal rounded = over == 0 ? amount : amount - over + (over > 0 ? unit : 0);
        return (double)rounded < Most ? rounded : throw TooLarge((double)rounded, "roundingUnit of policy.json");
    }
}
