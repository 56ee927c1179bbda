using System.Globalization;

namespace GpuMargin.Cli.Pages;

/// <summary>A part of a whole in words.</summary>
static class Shares
{
    /// <returns>Percent; empty where there is no whole.</returns>
    public static string Of(double part, double whole) => whole > 0 ? (part / whole).ToString("0.0 %", CultureInfo.InvariantCulture) : "";

    /// <returns>Percent with its sign; empty where there is no whole.</returns>
    public static string Change(double change, double whole) => whole > 0 ? (change / whole).ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : "";
}
