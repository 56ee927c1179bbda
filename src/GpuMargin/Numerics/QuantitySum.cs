using System.Globalization;
using System.Numerics;

namespace GpuMargin.Numerics;

/// <summary>Sum of quantities that were written as decimals: .1 + .2 − .3 is nothing.</summary>
/// <remarks>
/// Added in double precision in the order given. A sum of n addends that is not above n·2⁻⁵² of their sizes may be nothing but their rounding: it is added again,
/// exactly, in the shortest decimals that are the addends. Every other sum keeps its bits.
/// </remarks>
struct QuantitySum
{
    const double RelativeError = 1.0 / (1L << 52);

    double sum;
    double size;
    int count;

    public void Add(double quantity)
    {
        sum += quantity;
        size += Math.Abs(quantity);
        count++;
    }

    /// <summary>Whether <see cref="Sum"/> may be rounding, and the decimals decide.</summary>
    public readonly bool IsDoubtful => sum != 0 && Math.Abs(sum) <= count * RelativeError * size;

    public readonly double Sum => sum;

    /// <summary>Sum of the decimals, to the nearest double; 0 where they cancel.</summary>
    /// <param name="rows">Of the quantities that are added.</param>
    public static double Exact(ReadOnlySpan<double> quantities, ReadOnlySpan<int> rows)
    {
        BigInteger sum = 0;
        int exponent = 0;
        foreach (int row in rows)
        {
            (BigInteger digits, int own) = Decimal(quantities[row]);
            int least = Math.Min(exponent, own);
            sum = sum * BigInteger.Pow(10, exponent - least) + digits * BigInteger.Pow(10, own - least);
            exponent = least;
        }

        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{sum}E{exponent}"), CultureInfo.InvariantCulture);
    }

    // digits · 10^exponent.
    static (BigInteger Digits, int Exponent) Decimal(double value)
    {
        string[] parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return point < 0
            ? (BigInteger.Parse(parts[0], CultureInfo.InvariantCulture), exponent)
            : (BigInteger.Parse(parts[0].Remove(point, 1), CultureInfo.InvariantCulture), exponent - (parts[0].Length - point - 1));
    }
}
