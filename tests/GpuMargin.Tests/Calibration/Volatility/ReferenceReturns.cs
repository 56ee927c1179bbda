using System.Globalization;
using GpuMargin.Tests.Cli;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>The published series that estimates are compared on.</summary>
static class ReferenceReturns
{
    /// <summary>Bollerslev and Ghysels: 1,974 daily percentage returns of the Deutschmark against the pound.</summary>
    public static double[] DemGbp { get; } = [.. Rows("tests", "GpuMargin.Tests", "Data", "dem2gbp.csv").Skip(1).Select(row => Number(row[0]))];

    /// <summary>100 × log-returns of thirty US stocks, the first of them 0.</summary>
    public static IReadOnlyDictionary<string, double[]> Dow30 { get; } = ReadDow30();

    /// <summary>100 × log-returns of the DAX, 1991 to 1998 (R's EuStockMarkets).</summary>
    public static double[] Dax { get; } = ReadDax();

    /// <summary>R's fGarch on <see cref="Dow30"/>.</summary>
    public static IReadOnlyList<PublishedFit> FGarch { get; } =
    [
        .. Rows("tests", "GpuMargin.Tests", "Data", "dow30-fgarch.csv").Skip(1)
            .Select(row => new PublishedFit(row[0], row[1] == "std", Number(row[4]), Number(row[5]), Number(row[7]), Number(row[8]))),
    ];

    static double[] ReadDax()
    {
        double[] levels = [.. Rows("tests", "GpuMargin.Tests", "Data", "eustockmarkets.csv").Skip(1).Select(row => Number(row[0]))];
        return [.. levels.Skip(1).Zip(levels, (today, before) => 100 * Math.Log(today / before))];
    }

    static Dictionary<string, double[]> ReadDow30()
    {
        string[][] rows = [.. Rows("samples", "dow30", "history.csv")];
        return Enumerable.Range(1, rows[0].Length - 1).ToDictionary(
            column => rows[0][column],
            column => rows.Skip(2).Zip(rows.Skip(1), (today, before) => 100 * Math.Log(Number(today[column]) / Number(before[column]))).ToArray());
    }

    static IEnumerable<string[]> Rows(params string[] path) =>
        File.ReadLines(Path.Combine([Repository.Root, .. path])).Select(line => line.Split(','));

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    internal sealed record PublishedFit(string Ticker, bool IsStudentT, double Alpha, double Beta, double LogLikelihood, double NextDayVariance);
}
