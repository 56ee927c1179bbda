using CsvHelper;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Limits;

namespace GpuMargin.Reporting;

/// <summary>breaches.csv: one row per breach of limits.csv, in the order of its rows; money in run currency.</summary>
static class BreachesCsv
{
    public const string FileName = "breaches.csv";

    public static IReadOnlyList<string> Columns { get; } = ["scope", "name", "measure", "kind", "threshold", "amount", "reference", "bound"];

    /// <param name="spreadsheetSafe">As in <see cref="CsvDialect.Name"/>.</param>
    public static byte[] ToBytes(IEnumerable<LimitBreach> breaches, bool spreadsheetSafe = false)
    {
        using MemoryStream bytes = new();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            csv.WriteHeader([.. Columns]);
            foreach (LimitBreach breach in breaches)
            {
                csv.WriteField(LimitWords.Scopes.WordOf(breach.Scope));
                csv.WriteField(CsvDialect.Name(breach.Name, spreadsheetSafe));
                csv.WriteField(LimitWords.Measures.WordOf(breach.Measure));
                csv.WriteField(LimitWords.Kinds.WordOf(breach.Kind));
                csv.WriteField(breach.Threshold, CsvDialect.RoundTrip);
                csv.WriteField(breach.Amount, CsvDialect.RoundTrip);
                if (breach.Reference is { } reference)
                {
                    csv.WriteField(reference, CsvDialect.RoundTrip);
                }
                else
                {
                    csv.WriteField("");
                }

                csv.WriteField(breach.Bound, CsvDialect.RoundTrip);
                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }
}
