using GpuMargin.Files.Commits;
using GpuMargin.Reporting.Charts;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>What a roll writes: roll.csv, roll-summary.csv, roll.svg and with a policy roll-requirements.csv, all or none.</summary>
sealed class RollOutput : IDisposable
{
    readonly StagedFiles files;

    /// <inheritdoc cref="RunOutput(string, IDisk?, CancellationToken)"/>
    public RollOutput(string folder, IDisk? disk = null, CancellationToken cancellation = default) =>
        files = new StagedFiles(folder, RollSummaryCsv.FileName, [RollCsv.FileName, RollChart.FileName], disk, cancellation);

    /// <param name="shown">The path of the picture.</param>
    /// <param name="spreadsheetSafe">See <see cref="CsvDialect.Name"/>.</param>
    /// <exception cref="OperationCanceledException">Nothing new is left and earlier files are untouched.</exception>
    /// <exception cref="IOException">As for cancellation.</exception>
    public void Write(RollReport report, RollPath shown, bool spreadsheetSafe = false, CancellationToken cancellation = default)
    {
        files.Write(RollCsv.FileName, RollCsv.ToBytes(report, spreadsheetSafe));
        if (report.Total.Policy is null)
        {
            files.Remove(RollRequirementsCsv.FileName);
        }
        else
        {
            files.Write(RollRequirementsCsv.FileName, RollRequirementsCsv.ToBytes(report, spreadsheetSafe));
        }

        files.Write(RollChart.FileName, RollChart.ToBytes(report, shown));
        files.Write(RollSummaryCsv.FileName, RollSummaryCsv.ToBytes(report, spreadsheetSafe));
        files.Commit(cancellation);
    }

    public void Dispose() => files.Dispose();
}
