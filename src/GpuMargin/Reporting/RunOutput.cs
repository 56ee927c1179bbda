using System.Diagnostics;
using System.Security.Cryptography;
using GpuMargin.Margin;
using GpuMargin.Numerics;

namespace GpuMargin.Reporting;

/// <summary>What a run writes: margins.csv, with a policy margins.json, and run-record.json; all or none.</summary>
static class RunOutput
{
    /// <summary>Writes the report and its record; the record is put in place last, so that a record always has its margins.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="record">Everything but the outputs and the time of writing, which are filled in here.</param>
    /// <returns>The record as written.</returns>
    /// <exception cref="OperationCanceledException">Nothing new is left and earlier output is untouched.</exception>
    /// <exception cref="IOException">As for cancellation.</exception>
    public static RunRecord Write(string folder, MarginReport report, RunRecord record, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        using var files = new StagedFiles(folder);
        RecordedFile? margins = null, nested = null;
        Stream table = files.Create(MarginsCsv.FileName);
        if (report.HasRequirements)
        {
            Stream tree = files.Create(MarginsJson.FileName);
            SideBySide.Invoke(
                () => nested = Recorded(MarginsJson.FileName, tree, MarginsJson.ToBytes(report)),
                () => margins = Recorded(MarginsCsv.FileName, table, MarginsCsv.ToBytes(report)));
        }
        else
        {
            margins = Recorded(MarginsCsv.FileName, table, MarginsCsv.ToBytes(report));
            files.Remove(MarginsJson.FileName);
        }

        double seconds = clock.Elapsed.TotalSeconds;
        RunRecord written = record with
        {
            Outputs = nested is null ? [margins!] : [margins!, nested],
            Timings = record.Timings with { Write = seconds, Total = record.Timings.Total + seconds },
        };
        files.Create(RunRecord.FileName).Write(written.ToJson());
        cancellation.ThrowIfCancellationRequested();
        files.Commit();
        return written;

        static RecordedFile Recorded(string name, Stream file, byte[] content)
        {
            file.Write(content);
            return new RecordedFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    /// <summary>Tries the folder before a long computation: makes it, puts a file there and removes both.</summary>
    /// <exception cref="IOException">It cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static void CheckWritable(string folder)
    {
        using var files = new StagedFiles(folder);
        files.Create(MarginsCsv.FileName);
        files.Create(RunRecord.FileName);
    }
}
