using GpuMargin.Calibration;
using GpuMargin.Files;
using GpuMargin.Files.Commits;

namespace GpuMargin.Reporting;

/// <summary>What a calibration writes: the model files of a clearing set and calibration.json, all or none.</summary>
/// <remarks>
/// Instruments, positions and everything else in the folder stay. A correlation.csv or residuals.csv of an earlier model that the new one
/// does not have goes away with it, because a set is refused when its files do not fit together.
/// </remarks>
sealed class CalibrationOutput : IDisposable
{
    static readonly string[] s_sometimes = [ClearingSetWriter.CorrelationFile, ClearingSetWriter.ResidualsFile];

    readonly StagedFiles files;

    /// <inheritdoc cref="RunOutput(string, IDisk?, CancellationToken)"/>
    public CalibrationOutput(string folder, IDisk? disk = null, CancellationToken cancellation = default) =>
        files = new StagedFiles(folder, CalibrationRecord.FileName, FileNames, disk, cancellation);

    /// <summary>The files that a calibration may write or take away.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
        [ClearingSetWriter.FactorsFile, .. s_sometimes, ClearingSetWriter.RunFile, CalibrationRecord.FileName];

    /// <param name="run">A whole run.json, see <see cref="RunModelPart"/>.</param>
    /// <param name="record">Everything but the outputs, which are filled in here.</param>
    /// <returns>The record as written.</returns>
    /// <exception cref="OperationCanceledException">Nothing new is left and earlier files are untouched.</exception>
    /// <exception cref="IOException">As for cancellation.</exception>
    public CalibrationRecord Write(CalibrationResult result, byte[] run, CalibrationRecord record, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(record);
        List<(string Name, MemoryStream Stream)> model = [];
        ClearingSetWriter.WriteModel([.. result.Factors.Select(factor => factor.Factor)], result.Dependence.Correlation, name =>
        {
            MemoryStream stream = new();
            model.Add((name, stream));
            return stream;
        }, cancellation);
        (string Name, byte[] Bytes)[] contents = [.. model.Select(file => (file.Name, file.Stream.ToArray())), (ClearingSetWriter.RunFile, run)];
        CalibrationRecord written = (record with
        {
            Outputs = [.. contents.Select(file => new RecordedFile(file.Name, file.Bytes.Length, files.Write(file.Name, file.Bytes)))],
        }).Sealed();
        files.Write(CalibrationRecord.FileName, written.ToJson());
        foreach (string name in s_sometimes.Except(contents.Select(file => file.Name)))
        {
            files.Remove(name);
        }

        files.Commit(cancellation);
        return written;
    }

    public void Dispose() => files.Dispose();
}
