using CsvHelper;

namespace GpuMargin.Reporting;

/// <summary>The one dialect of CSV that is written: UTF-8 without mark, invariant culture, RFC 4180 quoting, LF line ends on every system.</summary>
static class CsvDialect
{
    /// <summary>The shortest text that reads back as the same bits.</summary>
    internal const string RoundTrip = "R";

    /// <summary>Every digit of a decimal, without trailing zeros.</summary>
    internal const string Decimal = "0.############################";

    internal static CsvWriterOptions Options { get; } = new() { NewLine = "\n" };
}
