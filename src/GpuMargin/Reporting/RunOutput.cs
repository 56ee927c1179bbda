using System.Diagnostics;
using System.Security.Cryptography;
using GpuMargin.Margin;

namespace GpuMargin.Reporting;

/// <summary>What a run writes: margins.csv and run-record.json, both or neither.</summary>
public static class RunOutput
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
        byte[] margins = MarginsCsv.ToBytes(report.Accounts);
        files.Create(MarginsCsv.FileName).Write(margins);
        double seconds = clock.Elapsed.TotalSeconds;
        RunRecord written = record with
        {
            Outputs = [new RecordedFile(MarginsCsv.FileName, margins.Length, Convert.ToHexStringLower(SHA256.HashData(margins)))],
            Timings = record.Timings with { Write = seconds, Total = record.Timings.Total + seconds },
        };
        files.Create(RunRecord.FileName).Write(written.ToJson());
        cancellation.ThrowIfCancellationRequested();
        files.Commit();
        return written;
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
