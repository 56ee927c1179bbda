using System.Globalization;
using System.Text;

namespace GpuMargin.Files;

/// <summary>Numbers of CSV cells: optional sign, digits, <c>.</c>, optional exponent; nothing else.</summary>
static class NumberText
{
    const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>False for NaN, infinities, and digits beyond the range of double precision too.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value) =>
        PlainNumber.TryRead(text, out value)
        || (double.TryParse(text, Plain, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));

    /// <summary>What is wrong with a text that <see cref="TryRead"/> refuses, in parentheses; empty when nothing more can be said.</summary>
    public static string Diagnosis(ReadOnlySpan<byte> text)
    {
        string found = Encoding.UTF8.GetString(text);
        string trimmed = found.Trim();
        return double.TryParse(text, Plain, CultureInfo.InvariantCulture, out double value) && double.IsInfinity(value) && found.Any(char.IsAsciiDigit)
                ? " (it is beyond the range of double precision)"
            : trimmed.Length != found.Length ? " (there are blanks around it)"
            : found.Contains(',') ? " (the decimal point is '.', and thousands are not separated)"
            : found.EndsWith('%') ? " (written as a fraction: 0.02, not 2%)"
            : found.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? " (written in decimal digits)"
            : found.Count(c => c == '.') > 1 || found.AsSpan().ContainsAny(' ', '_', '\'') ? " (thousands are not separated)"
            : "";
    }
}
