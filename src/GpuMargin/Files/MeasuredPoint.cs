using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuMargin.Files;

/// <summary>The point of a surface at which a factor was measured, as the names of a history of pivots have it: F.vol.30d0.25, F.vol.180d.</summary>
static partial class MeasuredPoint
{
    /// <summary>Whether the name has no point, or this one.</summary>
    /// <param name="coordinate">NaN: for all strikes.</param>
    public static bool Agrees(string factor, double days, double coordinate)
    {
        Match point = Name().Match(factor);
        return !point.Success || (Number(point.Groups["days"]) == days && Number(point.Groups["place"]).Equals(coordinate));
    }

    static double Number(Group group) => group.Length == 0 ? double.NaN : double.Parse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\.vol\.(?<days>\d+(\.\d+)?)d(?<place>-?\d+(\.\d+)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
