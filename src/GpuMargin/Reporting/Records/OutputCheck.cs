using System.Globalization;
using System.Security.Cryptography;
using GpuMargin.Files.Commits;

namespace GpuMargin.Reporting.Records;

/// <summary>The files beside a record against their sizes and hashes in it.</summary>
static class OutputCheck
{
    const int DigitsShown = 12;

    /// <summary>Files that are missing or changed.</summary>
    /// <param name="only">Looks at this file alone.</param>
    public static IEnumerable<Finding> Changed(SettledFolder files, IReadOnlyList<RecordLeaf> record, string? only = null)
    {
        Dictionary<string, string> values = record.DistinctBy(leaf => leaf.Path).ToDictionary(leaf => leaf.Path, leaf => leaf.Value);
        foreach (RecordLeaf leaf in record.Where(leaf => IsName(leaf) && (only is null || leaf.Value == only)))
        {
            string name = leaf.Value, output = leaf.Path[..^".name".Length];
            if (name.Length == 0 || Path.GetFileName(name) != name)
            {
                yield return new Finding(name, null, null, "is no name of a file beside the record");
            }
            else if (!files.Has(name))
            {
                yield return new Finding(name, null, null, "is missing");
            }
            else if (Difference(files.PathOf(name), values.GetValueOrDefault(output + ".bytes"), values.GetValueOrDefault(output + ".sha256")) is { } difference)
            {
                yield return new Finding(name, null, null, difference);
            }
        }
    }

    /// <summary>Files that the command of the record writes and the record does not have.</summary>
    public static IEnumerable<string> Unrecorded(SettledFolder files, RecordKind kind, IReadOnlyList<RecordLeaf> record) =>
        kind.Outputs.Except([kind.Name, .. Names(record)]).Where(files.Has);

    /// <summary>What is said of a file that no record has.</summary>
    public static Finding Extra(string name) => new(name, null, null, "is there and not in the record");

    /// <summary>Names of the files that the record has, each once.</summary>
    public static IEnumerable<string> Names(IReadOnlyList<RecordLeaf> record) => record.Where(IsName).Select(leaf => leaf.Value).Distinct();

    static bool IsName(RecordLeaf leaf) =>
        leaf.Path.StartsWith("outputs[", StringComparison.Ordinal) && leaf.Path.EndsWith("].name", StringComparison.Ordinal);

    static string? Difference(string file, string? bytes, string? sha256)
    {
        using FileStream content = File.OpenRead(file);
        string length = content.Length.ToString(CultureInfo.InvariantCulture), now = Convert.ToHexStringLower(SHA256.HashData(content));
        return (length, now) == (bytes, sha256)
            ? null
            : $"was changed: {bytes} bytes with SHA-256 {Shown(sha256)} in the record, {length} bytes with {Shown(now)} in the folder";
    }

    static string? Shown(string? sha256) => sha256?[..Math.Min(DigitsShown, sha256.Length)];
}
