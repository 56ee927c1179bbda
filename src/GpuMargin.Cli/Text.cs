using System.Globalization;

namespace GpuMargin.Cli;

/// <summary>Text for people that reads the same in every culture.</summary>
static class Text
{
    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
