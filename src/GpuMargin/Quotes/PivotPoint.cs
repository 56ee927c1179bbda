using System.Globalization;

namespace GpuMargin.Quotes;

/// <summary>A point of a surface whose volatility is a risk factor.</summary>
/// <param name="Days">To expiry, of 365 a year, above zero.</param>
/// <param name="Coordinate">Delta or moneyness; <see langword="null"/>: at the forward.</param>
readonly record struct PivotPoint(double Days, double? Coordinate)
{
    /// <summary>Name behind F.vol. in that of its factor, such as 30d0.25.</summary>
    public string Name => Coordinate is { } place ? string.Create(CultureInfo.InvariantCulture, $"{Days}d{place}") : string.Create(CultureInfo.InvariantCulture, $"{Days}d");

    public string FactorOf(string underlying) => $"{underlying}.vol.{Name}";
}
