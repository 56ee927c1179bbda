using System.Text.Json;
using GpuMargin.Files;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting.Charts;

namespace GpuMargin.Reporting.Records;

/// <summary>A folder of outputs against the records in it, without computing anything again.</summary>
/// <param name="Files">The records and the files that they have.</param>
/// <param name="Findings">What is not as the records have it.</param>
/// <param name="Unsealed">Records without a hash of themselves, of which only the files beside them can be checked.</param>
sealed record FolderCheck(IReadOnlyList<string> Files, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Unsealed)
{
    /// <summary>Files of commands that write no record.</summary>
    static readonly string[] s_unrecorded =
        [RollCsv.FileName, RollSummaryCsv.FileName, RollRequirementsCsv.FileName, RollChart.FileName, ConvergenceCsv.FileName, ConvergencePicture.FileName];

    /// <returns><see langword="null"/>: there is no record.</returns>
    /// <exception cref="JsonException">A record is no JSON, or has a null.</exception>
    public static FolderCheck? Of(string folder, CancellationToken cancellation = default)
    {
        using SettledFolder files = SettledFolder.Open(folder, cancellation);
        List<Finding> findings = [];
        List<(RecordKind Kind, IReadOnlyList<RecordLeaf> Leaves)> records = [];
        foreach (RecordKind kind in RecordKind.All.Where(kind => files.Has(kind.Name)))
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] json = files.Read(kind.Name);
            IReadOnlyList<RecordLeaf> leaves = Parsed(kind.Name, json);
            records.Add((kind, leaves));
            findings.AddRange([.. RecordSeal.Check(kind.Name, json, leaves), .. OutputCheck.Changed(files, leaves)]);
        }

        if (records.Count == 0)
        {
            return null;
        }

        findings.AddRange(Extra(folder, files, records).Distinct().Order(StringComparer.Ordinal).Select(OutputCheck.Extra));
        return new FolderCheck(
            [.. records.SelectMany(record => (string[])[record.Kind.Name, .. OutputCheck.Names(record.Leaves)])],
            findings,
            [.. records.Where(record => !RecordSeal.IsSealed(record.Leaves)).Select(record => record.Kind.Name)]);
    }

    // A clearing set has files that no command wrote; a folder of outputs has only signatures of the records.
    static IEnumerable<string> Extra(string folder, SettledFolder files, List<(RecordKind Kind, IReadOnlyList<RecordLeaf> Leaves)> records) =>
        files.Has(ClearingSetWriter.FactorsFile)
            ? records.SelectMany(record => OutputCheck.Unrecorded(files, record.Kind, record.Leaves))
            : Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
                .Where(name => files.Has(name) && !RecordKind.All.Any(kind => name == kind.Name || name.StartsWith(kind.Name + ".", StringComparison.Ordinal)))
                .Except([.. s_unrecorded, .. records.SelectMany(record => OutputCheck.Names(record.Leaves))]);

    static IReadOnlyList<RecordLeaf> Parsed(string name, byte[] json)
    {
        try
        {
            return RecordLeaves.Of(json);
        }
        catch (JsonException wrong)
        {
            throw new JsonException($"{name}: {wrong.Message}", wrong);
        }
    }
}
