using System.Globalization;
using CsvHelper;
using GpuMargin.ClearingSets;
using GpuMargin.Quotes;
using GpuMargin.Volatility;

namespace GpuMargin.Reporting.Surfaces;

/// <summary>surfaces.csv, smiles.csv, pivots.csv and history.csv of surfaces that were fitted to quotes.</summary>
static class SurfaceFiles
{
    public const string Surfaces = "surfaces.csv", Smiles = "smiles.csv", Pivots = "pivots.csv", History = "history.csv";

    public const string DateColumn = "date";

    static readonly string[] s_surfaces = ["surface", "stickiness", "term_power", "coordinate"];
    static readonly string[] s_smiles = ["surface", "expiry", "a", "b", "rho", "m", "sigma"];

    public static byte[] OfSurfaces(IReadOnlyList<string> names, SurfaceDynamics dynamics) =>
        Rows(s_surfaces, names.Select(name => new[] { name, Number(dynamics.Stickiness), dynamics.TermPower is { } power ? Number(power) : "", Words.SurfaceCoordinates.WordOf(dynamics.Coordinate) }));

    public static byte[] OfSmiles(IReadOnlyList<FittedSurface> surfaces) => Rows(s_smiles, surfaces.SelectMany(surface => surface.Smiles.Select(smile =>
    {
        SviSlice slice = smile.Fit.Slice;
        string expiry = smile.Quotes.Expiry.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new[] { surface.Day.Underlying, expiry, Number(slice.A), Number(slice.B), Number(slice.Rho), Number(slice.M), Number(slice.Sigma) };
    })));

    public static byte[] OfPivots(IReadOnlyList<string> names, SurfaceDynamics dynamics) => Rows(
        ["surface", "factor", "days", Words.SurfaceCoordinates.WordOf(dynamics.Coordinate)],
        names.SelectMany(name => dynamics.Pivots.Select(pivot => new[] { name, pivot.FactorOf(name), Number(pivot.Days), pivot.Coordinate is { } place ? Number(place) : "" })));

    /// <summary>A column per underlying and pivot; a day on which an underlying was not quoted is empty there.</summary>
    public static byte[] OfHistory(IReadOnlyList<IReadOnlyList<FittedSurface>> surfaces, SurfaceDynamics dynamics)
    {
        double[][][] levels = [.. surfaces.Select(days => PivotHistory.Of(days, dynamics))];
        DateTime[] dates = [.. surfaces.SelectMany(days => days).Select(day => day.Day.Time.Date).Distinct().Order()];
        return Rows(HistoryColumns([.. surfaces.Select(days => days[0].Day.Underlying)], dynamics), dates.Select(date => (string[])
        [
            date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            .. surfaces.SelectMany((days, surface) =>
            {
                int day = days.ToList().FindIndex(day => day.Day.Time.Date == date);
                return day < 0 ? Enumerable.Repeat("", 1 + dynamics.Pivots.Count) : [Number(days[day].Price), .. levels[surface][day].Select(Number)];
            }),
        ]));
    }

    public static string[] HistoryColumns(IReadOnlyList<string> names, SurfaceDynamics dynamics) =>
        [DateColumn, .. names.SelectMany(name => (string[])[name, .. dynamics.Pivots.Select(pivot => pivot.FactorOf(name))])];

    static string Number(double value) => value.ToString(CsvDialect.RoundTrip, CultureInfo.InvariantCulture);

    static byte[] Rows(IReadOnlyList<string> header, IEnumerable<string[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            csv.WriteHeader([.. header]);
            foreach (string[] row in rows)
            {
                foreach (string cell in row)
                {
                    csv.WriteField(cell);
                }

                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }
}
