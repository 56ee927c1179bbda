using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GpuMargin.Files.Commits;

/// <summary>The files of a commit in the order in which they change places.</summary>
sealed record Journal(IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>JSON, and behind it the SHA-256 of the JSON: a journal that was written in part is none.</summary>
    public void Write(IDisk disk, string file)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(this, JournalJson.Readable.Journal);
        using Stream stream = disk.Create(file);
        stream.Write([.. text, .. SHA256.HashData(text)]);
        disk.Sync(stream);
    }

    /// <returns><see langword="null"/>: there is none, or only a part.</returns>
    public static Journal? Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        int length = bytes.Length - SHA256.HashSizeInBytes;
        return length > 0 && SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length))
            ? JsonSerializer.Deserialize(bytes.AsSpan(0, length), JournalJson.Readable.Journal)
            : null;
    }
}

/// <param name="Name">Of the file.</param>
/// <param name="Sha256">Of the new content, lower-case hexadecimal; <see langword="null"/>: the file goes away.</param>
/// <param name="Replaces">There is an old file of that name.</param>
sealed record JournalEntry(string Name, string? Sha256, bool Replaces);

[JsonSerializable(typeof(Journal))]
sealed partial class JournalJson : JsonSerializerContext
{
    internal static JournalJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
