using System.Security.Cryptography;
using System.Text;

namespace GpuMargin.Reporting.Records;

/// <summary>The hashes of a record of itself: the SHA-256 of its text, and a short digest of every field, by which an edited field is named.</summary>
/// <remarks>The text of a record counts without the digits of <see cref="OwnHash"/>. Both hashes only show changes; they keep no forger away.</remarks>
static class RecordSeal
{
    /// <summary>Key of the SHA-256, the last of the record.</summary>
    public const string OwnHash = "recordSha256";

    /// <summary>Key of the digests.</summary>
    public const string Fields = "fields";

    const string Below = Fields + ".";

    /// <summary>Hexadecimal digits: a digest names what the SHA-256 of the whole has found.</summary>
    const int DigestLength = 8;

    /// <summary>A record with both.</summary>
    /// <param name="text">The record's text, without what is null.</param>
    /// <param name="with">The record with these digests and this hash.</param>
    public static T Of<T>(T record, Func<T, byte[]> text, Func<T, IReadOnlyDictionary<string, string>?, string?, T> with)
    {
        var digests = RecordLeaves.Of(text(with(record, null, null))).ToDictionary(leaf => leaf.Path, Digest);
        return with(record, digests, Sha256(text(with(record, digests, ""))));
    }

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>What in the text of a record is not as it was written; nothing for records without hashes of themselves (layout 1).</summary>
    /// <param name="name">The record's file name.</param>
    public static IReadOnlyList<Finding> Check(string name, byte[] json, IReadOnlyList<RecordLeaf> leaves)
    {
        if (!IsSealed(leaves))
        {
            return [];
        }

        Finding[] edited = [.. EditedFields(name, leaves)];
        return edited.Length > 0 || HasOwnHash(json, leaves)
            ? edited
            : [new Finding(name, null, OwnHash, "is not the SHA-256 of the text: it was edited, or blanks between the fields were")];
    }

    /// <summary>Whether a record has hashes of itself, or should have.</summary>
    public static bool IsSealed(IReadOnlyList<RecordLeaf> leaves) =>
        leaves.Any(leaf => leaf.Path is OwnHash or Fields || leaf.Path.StartsWith(Below, StringComparison.Ordinal) || (leaf.Path == "schema" && leaf.Text != "1"));

    static IEnumerable<Finding> EditedFields(string name, IReadOnlyList<RecordLeaf> leaves)
    {
        Dictionary<string, string> digests = [];
        foreach (RecordLeaf digest in leaves.Where(leaf => leaf.Path.StartsWith(Below, StringComparison.Ordinal)))
        {
            if (!digests.TryAdd(digest.Path[Below.Length..], digest.Value))
            {
                yield return At(digest, "is there twice");
            }
        }

        HashSet<string> found = [];
        foreach (RecordLeaf leaf in leaves.Where(leaf => leaf.Path is not (OwnHash or Fields) && !leaf.Path.StartsWith(Below, StringComparison.Ordinal)))
        {
            if (!found.Add(leaf.Path))
            {
                yield return At(leaf, "is there twice");
            }
            else if (!digests.TryGetValue(leaf.Path, out string? digest))
            {
                yield return At(leaf, $"was added, or {Below}{leaf.Path} was taken away");
            }
            else if (digest != Digest(leaf))
            {
                yield return At(leaf, $"was edited, or {Below}{leaf.Path} was");
            }
        }

        foreach (string gone in digests.Keys.Where(path => !found.Contains(path)))
        {
            yield return new Finding(name, null, gone, $"was taken away, or {Below}{gone} was added");
        }

        if (leaves.Count(leaf => leaf.Path == OwnHash) != 1)
        {
            yield return new Finding(name, null, OwnHash, "is missing or there twice");
        }

        Finding At(RecordLeaf leaf, string what) => new(name, leaf.Line, leaf.Path, what);
    }

    static bool HasOwnHash(byte[] json, IReadOnlyList<RecordLeaf> leaves)
    {
        string own = leaves.First(leaf => leaf.Path == OwnHash).Value;
        byte[] digits = Encoding.UTF8.GetBytes(own);
        int at = json.AsSpan().LastIndexOf(digits);
        return at >= 0 && Sha256([.. json.AsSpan(0, at), .. json.AsSpan(at + digits.Length)]) == own;
    }

    static string Digest(RecordLeaf leaf) => Sha256(Encoding.UTF8.GetBytes(leaf.ToString()))[..DigestLength];
}
