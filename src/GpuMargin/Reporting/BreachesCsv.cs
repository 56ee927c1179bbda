using System.Globalization;
using CsvHelper;
using GpuMargin.ClearingSets;
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

    /// <param name="spreadsheetSafe">Whether names were written so.</param>
    /// <exception cref="FormatException">Not a breaches.csv.</exception>
    public static LimitBreach[] Read(byte[] text, bool spreadsheetSafe)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false });
        List<LimitBreach> breaches = [];
        for (bool isHeader = true; csv.Read(); isHeader = false)
        {
            string[] row = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
            if (row.Length != Columns.Count || (isHeader && !row.SequenceEqual(Columns)))
            {
                throw new FormatException("the columns are others");
            }

            if (!isHeader)
            {
                breaches.Add(new LimitBreach(
                    Word(LimitWords.Scopes, row[0]), CsvDialect.NameOf(row[1], spreadsheetSafe), Word(LimitWords.Measures, row[2]), Word(LimitWords.Kinds, row[3]),
                    Number(row[4]), Number(row[5]), row[6].Length == 0 ? null : Number(row[6]), Number(row[7])));
            }
        }

        return [.. breaches];
    }

    static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    static T Word<T>(Vocabulary<T> words, string cell)
        where T : struct => words.Find(cell) ?? throw new FormatException($"found '{cell}', expected {words.Expected(cell)}");
}
