using GpuMargin.Reporting.Charts;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>What a roll writes: roll.csv, roll-summary.csv, roll.svg and with a policy roll-requirements.csv, all or none.</summary>
static class RollOutput
{
    public static IReadOnlyList<string> FileNames { get; } = [RollCsv.FileName, RollSummaryCsv.FileName, RollChart.FileName];

    /// <param name="folder">Made when missing.</param>
    /// <param name="shown">The path of the picture.</param>
    /// <exception cref="IOException">Nothing new is left and earlier files are untouched.</exception>
    public static void Write(string folder, RollReport report, RollPath shown, CancellationToken cancellation = default)
    {
        using var files = new StagedFiles(folder);
        files.Create(RollCsv.FileName).Write(RollCsv.ToBytes(report));
        if (report.Total.Policy is null)
        {
            files.Remove(RollRequirementsCsv.FileName);
        }
        else
        {
            files.Create(RollRequirementsCsv.FileName).Write(RollRequirementsCsv.ToBytes(report));
        }

        files.Create(RollSummaryCsv.FileName).Write(RollSummaryCsv.ToBytes(report));
        files.Create(RollChart.FileName).Write(RollChart.ToBytes(report, shown));
        cancellation.ThrowIfCancellationRequested();
        files.Commit();
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
