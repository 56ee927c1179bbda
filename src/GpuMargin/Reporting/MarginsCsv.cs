using CsvHelper;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Reporting;

/// <summary>margins.csv: one row per account in order of first appearance; money in run currency, loss &gt; 0.</summary>
public static class MarginsCsv
{
    public const string FileName = "margins.csv";

    public static IReadOnlyList<string> Columns { get; } =
        ["account", "positions", "value", "var", "var_low", "var_high", "es", "es_low", "es_high", "margin"];

    /// <summary>The bytes of the file; doubles read back as the same bits.</summary>
    public static byte[] ToBytes(IReadOnlyList<AccountMargin> accounts)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            csv.WriteHeader([.. Columns]);
            foreach (AccountMargin row in accounts)
            {
                csv.WriteField(row.Account);
                csv.WriteField(row.Positions);
                csv.WriteField(row.Value, CsvDialect.RoundTrip);
                Write(csv, row.ValueAtRisk);
                Write(csv, row.ExpectedShortfall);
                csv.WriteField(row.Margin, CsvDialect.RoundTrip);
                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    static void Write(CsvWriter csv, Estimate estimate)
    {
        csv.WriteField(estimate.Value, CsvDialect.RoundTrip);
        csv.WriteField(estimate.Low, CsvDialect.RoundTrip);
        csv.WriteField(estimate.High, CsvDialect.RoundTrip);
    }
}
