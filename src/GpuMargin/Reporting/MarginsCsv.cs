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

    /// <summary>Column behind the others when every account has its own number of scenarios.</summary>
    public const string ScenariosColumn = "scenarios";

    /// <summary>The bytes of the file; doubles read back as the same bits.</summary>
    public static byte[] ToBytes(IReadOnlyList<AccountMargin> accounts)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            bool own = accounts.Any(row => row.Scenarios is not null);
            csv.WriteHeader(own ? [.. Columns, ScenariosColumn] : [.. Columns]);
            foreach (AccountMargin row in accounts)
            {
                csv.WriteField(row.Account);
                csv.WriteField(row.Positions);
                csv.WriteField(row.Value, CsvDialect.RoundTrip);
                Write(csv, row.ValueAtRisk);
                Write(csv, row.ExpectedShortfall);
                csv.WriteField(row.Margin, CsvDialect.RoundTrip);
                if (row.Scenarios is { } scenarios)
                    csv.WriteField(scenarios);
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
