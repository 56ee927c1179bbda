using System.Diagnostics;
using System.Text.Json;
using GpuMargin.Files.Commits;
using GpuMargin.Margin;
using GpuMargin.Numerics;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Reporting;

/// <summary>What a run writes: margins.csv, with a policy margins.json, what was asked for beside them, and run-record.json; all or none.</summary>
sealed class RunOutput : IDisposable
{
    readonly StagedFiles files;
    readonly string folder;

    /// <summary>Takes the folder before a long computation.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <exception cref="IOException">It cannot be written to, or another process writes a run there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public RunOutput(string folder, IDisk? disk = null, CancellationToken cancellation = default)
    {
        this.folder = folder;
        files = new StagedFiles(folder, RunRecord.FileName, [MarginsCsv.FileName], disk, cancellation);
    }

    /// <summary>The P&amp;L hash in the record that is there, when that is as it was written and of the same run with another P&amp;L: one of the two was computed wrongly.</summary>
    public string? Contradiction(RunRecord record)
    {
        try
        {
            byte[] json = File.ReadAllBytes(Path.Combine(folder, RunRecord.FileName));
            IReadOnlyList<RecordLeaf> earlier = RecordLeaves.Of(json);
            return Field("runId") == record.RunId && Field("profitAndLossSha256") is { } hash && hash != record.ProfitAndLossSha256
                && RecordSeal.Check(RunRecord.FileName, json, earlier).Count == 0 ? hash : null;

            string? Field(string path) => earlier.FirstOrDefault(leaf => leaf.Path == path)?.Value;
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the report and its record; the record is put in place last, so that a record always has its margins.</summary>
    /// <param name="record">Everything but the outputs and the time of writing, which are filled in here.</param>
    /// <returns>The record as written.</returns>
    /// <exception cref="OperationCanceledException">Nothing new is left and earlier output is untouched.</exception>
    /// <exception cref="IOException">As for cancellation.</exception>
    /// <param name="attribution">attribution.csv; <see langword="null"/>: not asked for.</param>
    /// <param name="breaches">breaches.csv; <see langword="null"/>: the set has no limits.</param>
    public RunRecord Write(MarginReport report, RunRecord record, byte[]? attribution = null, byte[]? breaches = null, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        RecordedFile? margins = null, nested = null;
        if (report.HasRequirements)
        {
            SideBySide.Invoke(
                () => nested = Recorded(MarginsJson.FileName, MarginsJson.ToBytes(report)),
                () => margins = Recorded(MarginsCsv.FileName, MarginsCsv.ToBytes(report, record.SpreadsheetSafe == true)));
        }
        else
        {
            margins = Recorded(MarginsCsv.FileName, MarginsCsv.ToBytes(report, record.SpreadsheetSafe == true));
            files.Remove(MarginsJson.FileName);
        }

        RecordedFile? parts = RecordedOrRemoved(AttributionCsv.FileName, attribution), breached = RecordedOrRemoved(BreachesCsv.FileName, breaches);
        double seconds = clock.Elapsed.TotalSeconds;
        RunRecord written = (record with
        {
            Outputs = [.. ((RecordedFile?[])[margins, nested, parts, breached]).OfType<RecordedFile>()],
            Timings = record.Timings with { Write = seconds, Total = record.Timings.Total + seconds },
        }).Sealed();
        files.Write(RunRecord.FileName, written.ToJson());
        files.Commit(cancellation);
        return written;

        RecordedFile Recorded(string name, byte[] content) => new(name, content.Length, files.Write(name, content));

        // What an earlier run left goes.
        RecordedFile? RecordedOrRemoved(string name, byte[]? content)
        {
            if (content is null)
            {
                files.Remove(name);
                return null;
            }

            return Recorded(name, content);
        }
    }

    public void Dispose() => files.Dispose();
}
