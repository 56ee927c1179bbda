using System.Text.Json;
using GpuMargin.Cli.Display;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli.Commands;

/// <summary>A run record and what is beside it, read as files of one commit.</summary>
/// <param name="Json">The record's text.</param>
/// <param name="Edited">What in the record is not as it was written.</param>
/// <param name="Changed">What beside it is not.</param>
/// <param name="Margins">margins.csv; <see langword="null"/>: it is missing.</param>
/// <param name="Nested">margins.json; <see langword="null"/>: it is missing, as without a policy.</param>
/// <param name="Breaches">breaches.csv; <see langword="null"/>: it is missing, as without limits.</param>
sealed record RecordedRun(RunRecord Record, byte[] Json, Finding[] Edited, Finding[] Changed, byte[]? Margins, byte[]? Nested, byte[]? Breaches)
{
    /// <exception cref="CommandRefusedException">There is no record, or it is none.</exception>
    public static RecordedRun Read(string file, string folder, CancellationToken cancellation)
    {
        using SettledFolder files = SettledFolder.Open(folder, cancellation);
        try
        {
            byte[] json = files.Read(Path.GetFileName(file));
            RunRecord record = RunRecord.FromJson(json);
            IReadOnlyList<RecordLeaf> leaves = RecordLeaves.Of(json);
            foreach (RecordedFile input in record.Inputs.Where(input => !IsInside(input.Name)))
            {
                throw new JsonException($"inputs: '{input.Name}' is no file of a clearing set");
            }

            return new RecordedRun(
                record, json, [.. RecordSeal.Check(Path.GetFileName(file), json, leaves)],
                [.. OutputCheck.Changed(files, leaves), .. OutputCheck.Unrecorded(files, RecordKind.Run, leaves).Select(OutputCheck.Extra)],
                files.Has(MarginsCsv.FileName) ? files.Read(MarginsCsv.FileName) : null,
                files.Has(MarginsJson.FileName) ? files.Read(MarginsJson.FileName) : null,
                files.Has(BreachesCsv.FileName) ? files.Read(BreachesCsv.FileName) : null);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandRefusedException($"{file}: not found, expected the run-record.json of a run");
        }
        catch (JsonException problem)
        {
            throw new CommandRefusedException($"{file}: not a run record: {problem.Message}");
        }
    }

    // The set's files are in its folder or one folder below.
    static bool IsInside(string name) => !Path.IsPathRooted(name)
        && name.Split('/', '\\') is { Length: 1 or 2 } parts && parts.All(part => part is not ("" or "." or ".."));

    /// <summary>Files of the set that are not those of the run, one line each.</summary>
    public IEnumerable<string> ChangedInputs(string setFolder, CancellationToken cancellation)
    {
        foreach (RecordedFile input in Record.Inputs)
        {
            using SettledFolder files = SettledFolder.Open(Path.GetDirectoryName(Path.Combine(setFolder, input.Name))!, cancellation);
            string name = Path.GetFileName(input.Name);
            if (!files.Has(name))
            {
                yield return $"{input.Name}: was read by the run, is not there now";
            }
            else if (RecordSeal.Sha256(files.Read(name)) is { } now && now != input.Sha256)
            {
                yield return $"{input.Name}: changed since the run (SHA-256 {MarginTable.Prefix(input.Sha256)} then, {MarginTable.Prefix(now)} now)";
            }
        }
    }
}
