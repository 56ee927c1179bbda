namespace GpuMargin.Files;

/// <summary>The numbers that most cells hold, read without a search for the nearest double.</summary>
/// <remarks>
/// Digits that make an integer below 2⁵³ and a power of ten up to 10²² are doubles exactly, so their quotient, rounded once,
/// is the nearest double to the decimal (Clinger 1990, "How to read floating point numbers accurately"): the bits of <see cref="double.Parse(string)"/>.
/// </remarks>
static unsafe class PlainNumber
{
    // Every integer of 15 digits is below 2^53.
    const int MostDigits = 15;

    static ReadOnlySpan<double> PowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <returns>False for what is not an optional minus, up to 15 digits, and maybe a point between two of them: no number, or one to be read in full.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value)
    {
        fixed (byte* start = text)
        {
            return TryRead(start, text.Length, out value);
        }
    }

    public static bool TryRead(byte* text, int length, out double value)
    {
        value = 0;
        bool negative = length > 0 && *text == '-';
        byte* first = negative ? text + 1 : text;
        byte* end = text + length;
        if (first == end || end - first > MostDigits + 1)
        {
            return false;
        }

        long digits = 0;
        byte* point = null;
        for (byte* at = first; at < end; at++)
        {
            uint digit = (uint)*at - '0';
            if (digit <= 9)
            {
                digits = 10 * digits + digit;
            }
            else if (*at == '.' && point is null && at > first && at < end - 1)
            {
                point = at;
            }
            else
            {
                return false;
            }
        }

        if (point is null && end - first > MostDigits)
        {
            return false;
        }

        double magnitude = point is null ? digits : digits / PowersOfTen[(int)(end - 1 - point)];
        value = negative ? -magnitude : magnitude;
        return true;
    }
}
