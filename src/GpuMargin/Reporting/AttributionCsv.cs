using CsvHelper;
using GpuMargin.ClearingSets;
using GpuMargin.Margin.Attribution;

namespace GpuMargin.Reporting;

/// <summary>attribution.csv: one row per position, accounts in order of first appearance, instruments in file order; money in run currency, loss &gt; 0.</summary>
/// <remarks>The components of an account sum to its expected shortfall. The last column is filled only where it was asked for.</remarks>
sealed class AttributionCsv : IDisposable
{
    public const string FileName = "attribution.csv";

    readonly MemoryStream bytes = new();
    readonly CsvWriter csv;
    readonly ClearingSet set;
    readonly bool spreadsheetSafe;

    public AttributionCsv(ClearingSet set, bool spreadsheetSafe)
    {
        this.set = set;
        this.spreadsheetSafe = spreadsheetSafe;
        csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true);
        csv.WriteHeader("account", "instrument", "underlying", "component", "standard_error", "incremental");
    }

    /// <param name="incremental">Per position; <see langword="null"/>: not asked for.</param>
    public void Write(PositionTail tail, double[]? incremental)
    {
        for (int position = 0; position < tail.Instruments.Count; position++)
        {
            Instrument instrument = set.Instruments[tail.Instruments[position]];
            ShortfallPart part = tail.Part(position);
            csv.WriteField(CsvDialect.Name(tail.Account, spreadsheetSafe));
            csv.WriteField(CsvDialect.Name(instrument.Name, spreadsheetSafe));
            csv.WriteField(CsvDialect.Name(set.Factors[instrument.Underlying].Name, spreadsheetSafe));
            csv.WriteField(part.Component, CsvDialect.RoundTrip);
            csv.WriteField(part.StandardError, CsvDialect.RoundTrip);
            if (incremental is null)
            {
                csv.WriteField("");
            }
            else
            {
                csv.WriteField(incremental[position], CsvDialect.RoundTrip);
            }

            csv.EndRecord();
        }
    }

    /// <summary>The file; nothing is written after it.</summary>
    public byte[] ToBytes()
    {
        csv.Dispose();
        return bytes.ToArray();
    }

    /// <summary>The file of all accounts of a report.</summary>
    /// <param name="scenarios">Per account, as <see cref="Margin.AccountMargin.Scenarios"/>.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static byte[] Of(ClearingSet set, IReadOnlyList<int?> scenarios, bool incremental, bool spreadsheetSafe, Backends.IBackend backend, CancellationToken cancellation)
    {
        using AttributionCsv file = new(set, spreadsheetSafe);
        AttributedSet attributed = new(set, scenarios, cancellation);
        attributed.Each(backend, incremental, file.Write, cancellation);
        return file.ToBytes();
    }

    public void Dispose() => bytes.Dispose();
}
