using System.Globalization;
using CsvHelper;

namespace GpuMargin.Reporting;

/// <summary>The one dialect of CSV that is written: UTF-8 without mark, invariant culture, RFC 4180 quoting, LF line ends on every system.</summary>
static class CsvDialect
{
    /// <summary>The shortest text that reads back as the same bits.</summary>
    internal const string RoundTrip = "R";

    internal static CsvWriterOptions Options { get; } = new() { NewLine = "\n" };

    /// <summary>A name of the input. With <paramref name="spreadsheetSafe"/> one that a spreadsheet would run begins with an apostrophe, and so does one that begins with an apostrophe already.</summary>
    /// <remarks>The beginnings are those of OWASP, "CSV Injection", with their full-width forms. Numbers are no names and stay as they are.</remarks>
    internal static string Name(string name, bool spreadsheetSafe) =>
        spreadsheetSafe && name.Length > 0 && "=+-@\t\r\n＝＋－＠'".Contains(name[0], StringComparison.Ordinal) ? "'" + name : name;

    /// <summary>The name that was written.</summary>
    internal static string NameOf(string cell, bool spreadsheetSafe) => spreadsheetSafe && cell.StartsWith('\'') ? cell[1..] : cell;

    /// <summary>Every digit of a decimal, without trailing zeros.</summary>
    /// <remarks>Not a format of digit places, which takes four times as long.</remarks>
    internal static string Text(decimal amount)
    {
        string text = amount.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
