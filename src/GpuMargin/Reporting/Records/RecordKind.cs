namespace GpuMargin.Reporting.Records;

/// <summary>A record with the hashes of the files beside it.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Outputs">The files that its command may write beside it.</param>
sealed record RecordKind(string Name, IReadOnlyList<string> Outputs)
{
    public static RecordKind Run { get; } = new(RunRecord.FileName, [MarginsCsv.FileName, MarginsJson.FileName, AttributionCsv.FileName, BreachesCsv.FileName]);

    public static RecordKind Calibration { get; } = new(CalibrationRecord.FileName, CalibrationOutput.FileNames);

    public static IReadOnlyList<RecordKind> All { get; } = [Run, Calibration];
}
