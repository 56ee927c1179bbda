using System.Security.Cryptography;
using GpuMargin.Calibration;
using GpuMargin.Files;

namespace GpuMargin.Reporting;

/// <summary>What a calibration writes: the model files of a clearing set and calibration.json, all or none.</summary>
/// <remarks>
/// Instruments, positions and everything else in the folder stay. A correlation.csv or residuals.csv of an earlier model that the new one
/// does not have goes away with it, because a set is refused when its files do not fit together.
/// </remarks>
static class CalibrationOutput
{
    static readonly string[] s_sometimes = [ClearingSetWriter.CorrelationFile, ClearingSetWriter.ResidualsFile];

    /// <summary>The files that a calibration may write or take away.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
        [ClearingSetWriter.FactorsFile, .. s_sometimes, ClearingSetWriter.RunFile, CalibrationRecord.FileName];

    /// <param name="folder">Made when missing.</param>
    /// <param name="run">A whole run.json, see <see cref="RunModelPart"/>.</param>
    /// <param name="record">Everything but the outputs, which are filled in here.</param>
    /// <returns>The record as written.</returns>
    /// <exception cref="OperationCanceledException">Nothing new is left and earlier files are untouched.</exception>
    /// <exception cref="IOException">As for cancellation.</exception>
    public static CalibrationRecord Write(
        string folder, CalibrationResult result, byte[] run, CalibrationRecord record, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(record);
        List<(string Name, MemoryStream Stream)> model = [];
        ClearingSetWriter.WriteModel([.. result.Factors.Select(factor => factor.Factor)], result.Dependence.Correlation, name =>
        {
            MemoryStream stream = new();
            model.Add((name, stream));
            return stream;
        });
        (string Name, byte[] Bytes)[] contents = [.. model.Select(file => (file.Name, file.Stream.ToArray())), (ClearingSetWriter.RunFile, run)];
        CalibrationRecord written = record with
        {
            Outputs = [.. contents.Select(file => new RecordedFile(file.Name, file.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(file.Bytes))))],
        };

        using var files = new StagedFiles(folder);
        foreach ((string name, byte[] bytes) in contents)
        {
            files.Create(name).Write(bytes);
        }

        files.Create(CalibrationRecord.FileName).Write(written.ToJson());
        foreach (string name in s_sometimes.Except(contents.Select(file => file.Name)))
        {
            files.Remove(name);
        }

        cancellation.ThrowIfCancellationRequested();
        files.Commit();
        return written;
    }

    /// <summary>Tries the folder before a long computation: makes it, puts files there and removes them again.</summary>
    /// <exception cref="IOException">It cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static void CheckWritable(string folder)
    {
        using var files = new StagedFiles(folder);
        foreach (string name in FileNames)
        {
            files.Create(name);
        }
    }
}
