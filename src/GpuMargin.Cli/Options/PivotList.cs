using System.CommandLine;
using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Quotes;

namespace GpuMargin.Cli.Options;

/// <summary>Option <c>--pivots</c>: days to expiry and place across strikes, such as <c>30:0.25,30:0.5,180</c>.</summary>
static class PivotList
{
    const string Name = "--pivots";

    const string Phrase = "DAYS:PLACE with commas between, each once, days above 0; a place of delta is above 0 and below 1; DAYS alone is at the forward and the only one of its days";

    static readonly PivotPoint[] s_delta = [new(30, 0.25), new(30, 0.5), new(30, 0.75), new(180, 0.5)];

    static readonly PivotPoint[] s_moneyness = [new(30, -1), new(30, 0), new(30, 1), new(180, 0)];

    internal static Option<string?> Option() => new(Name)
    {
        Description = "Points whose volatilities are factors (30 days at deltas 0.25, 0.5, 0.75 or moneyness -1, 0, 1 and 180 days in the middle when left out)",
        HelpName = "DAYS:PLACE,…",
    };

    /// <summary>Pivots in order of days, then of place.</summary>
    /// <param name="hasTermPower">It takes the place of pivots of other days.</param>
    /// <exception cref="CommandRefusedException">The text is no such list.</exception>
    internal static IReadOnlyList<PivotPoint> Of(string? text, SurfaceCoordinate coordinate, bool hasTermPower)
    {
        if (text is null)
        {
            PivotPoint[] usual = coordinate == SurfaceCoordinate.Delta ? s_delta : s_moneyness;
            return hasTermPower ? [.. usual.Where(pivot => pivot.Days == usual[0].Days)] : usual;
        }

        List<PivotPoint> pivots = [];
        foreach (string pair in text.Split(','))
        {
            string[] parts = pair.Split(':');
            double? days = Number(parts[0]), place = parts.Length == 2 ? Number(parts[1]) : null;
            if (days is not > 0 || parts.Length > 2 || parts.Length == 2 && (place is null || coordinate == SurfaceCoordinate.Delta && place is not (> 0 and < 1))
                || pivots.Any(other => other.Days == days && (place is null || other.Coordinate is null || other.Coordinate == place)))
            {
                throw new CommandRefusedException($"{Name}: found '{pair}'{(pair == text ? "" : $" in '{text}'")}, expected {Phrase}");
            }

            if (hasTermPower && pivots.Count > 0 && pivots[0].Days != days)
            {
                throw new CommandRefusedException($"{Name}: found '{pair}' in '{text}', expected pivots of one number of days, because --term-power is given");
            }

            pivots.Add(new PivotPoint(days.Value, place));
        }

        return [.. pivots.OrderBy(pivot => pivot.Days).ThenBy(pivot => pivot.Coordinate)];
    }

    static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : null;
}
