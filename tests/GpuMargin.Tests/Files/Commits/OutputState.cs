using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GpuMargin.Files.Commits;

namespace GpuMargin.Tests.Files.Commits;

/// <summary>The files of a folder by name and content; two runs of the same command are alike though their times differ.</summary>
sealed partial class OutputState
{
    readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    internal IEnumerable<string> Names => files.Keys;

    /// <summary>What a program that knows nothing of commits sees.</summary>
    internal static OutputState OfForeigner(string folder)
    {
        OutputState state = new();
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            state.files[Path.GetFileName(file)] = Content(File.ReadAllBytes(file));
        }

        return state;
    }

    /// <summary>What a command reads where nothing may be written.</summary>
    internal static OutputState Through(string folder, IEnumerable<string> names)
    {
        OutputState state = new();
        using SettledFolder settled = SettledFolder.Open(folder, new FaultyDisk(DiskFault.ErrorForever, 1), CancellationToken.None);
        foreach (string name in names.Where(settled.Has))
        {
            state.files[name] = Content(settled.Read(name));
        }

        return state;
    }

    /// <summary>A record and the files that it names, when each has the hash that is written there; the way of the script in docs/files.md.</summary>
    internal static string[]? FilesOfOneCommit(string folder, string record)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, record)));
        (string Name, string? Sha256)[] outputs =
        [
            .. json.RootElement.GetProperty("outputs").EnumerateArray().Select(output => (output.GetProperty("name").GetString()!, output.GetProperty("sha256").GetString())),
        ];
        return outputs.All(output => File.Exists(Path.Combine(folder, output.Name))
            && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, output.Name)))) == output.Sha256)
            ? [record, .. outputs.Select(output => output.Name)]
            : null;
    }

    internal bool Has(string name) => files.ContainsKey(name);

    internal bool Equals(OutputState other) => files.SequenceEqual(other.files);

    /// <summary>Whether a file is the same in both, or in neither.</summary>
    internal bool Shares(OutputState other, string name) =>
        files.TryGetValue(name, out string? mine) == other.files.TryGetValue(name, out string? its) && mine == its;

    public override string ToString() => string.Join(", ", files.Select(file => $"{file.Key} {file.Value[..Math.Min(8, file.Value.Length)]}"));

    // Only what is measured differs from run to run of the same command: the times of a run record and its hashes, of convergence.csv and of its picture.
    static string Content(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return Hash(text.Contains("seconds of the engine", StringComparison.Ordinal) && text.EndsWith("</svg>\n", StringComparison.Ordinal) ? Title().Match(text).Value
            : text.StartsWith("method,scenarios,seconds,", StringComparison.Ordinal) ? Seconds().Replace(text, ",")
            : Timings().Replace(text, "}"));
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(""",\n  "timings": \{.*\n\}\n\z""", RegexOptions.Singleline)]
    private static partial Regex Timings();

    [GeneratedRegex("""(?<=^[^,\n]*,[^,\n]*),[^,\n]*,""", RegexOptions.Multiline)]
    private static partial Regex Seconds();

    [GeneratedRegex("expected shortfall at [0-9.]+ %")]
    private static partial Regex Title();
}
