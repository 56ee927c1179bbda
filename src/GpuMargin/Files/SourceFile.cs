using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>A file read once: what is parsed is what was hashed.</summary>
/// <param name="Text">Valid UTF-8 without NUL and without byte order mark.</param>
/// <param name="Fingerprint">Comes while the file is parsed: a million positions take longer to hash than to read.</param>
sealed record SourceFile(string Name, ReadOnlyMemory<byte> Text, Task<InputFile> Fingerprint)
{
    // Below, starting a task costs as much as it saves.
    const int LargestHashedAtOnce = 1 << 16;

    public InputFile Input => Fingerprint.GetAwaiter().GetResult();

    /// <param name="path">Where it is read.</param>
    /// <param name="name">What it is called in faults.</param>
    /// <param name="purpose">What the file is, as a phrase that continues "expected …".</param>
    /// <returns><see langword="null"/> when the file is missing or is no text; a fault says so.</returns>
    public static SourceFile? Open(string path, string name, string purpose, FaultList faults)
    {
        byte[] bytes;
        try
        {
            bytes = PlainFile.Read(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(name, null, null, null, $"{purpose} (the file is missing)");
            return null;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            faults.Add(name, null, null, null, $"{purpose} in a readable file below 2 GiB ({denied.Message})");
            return null;
        }

        return Of(name, bytes, faults);
    }

    /// <param name="name">What it is called in faults.</param>
    /// <returns><see langword="null"/> when the bytes are no text; a fault says so.</returns>
    public static SourceFile? Of(string name, byte[] bytes, FaultList faults)
    {
        if (bytes.AsSpan() is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            faults.Add(name, 1, null, "UTF-16 byte order mark", "UTF-8 text (save the file as \"CSV UTF-8\" or plain UTF-8)");
            return null;
        }

        int start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        ReadOnlyMemory<byte> text = bytes.AsMemory(start);
        if (text.Span.IndexOf((byte)0) is var nul and >= 0)
        {
            faults.Add(name, LineAt(text.Span, nul), null, "\0", "text without NUL characters");
            return null;
        }

        if (!Utf8.IsValid(text.Span))
        {
            int bad = FirstInvalid(text.Span);
            faults.Add(name, LineAt(text.Span, bad), null, $"byte 0x{text.Span[bad]:X2}", "UTF-8 text (the byte is not part of a valid character; was the file saved as Latin-1 or Windows-1252?)");
            return null;
        }

        return new SourceFile(name, text, bytes.Length <= LargestHashedAtOnce ? Task.FromResult(Hash()) : Task.Run(Hash));

        InputFile Hash() => new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    /// <summary>1-based; a line ends with LF, CR LF or CR.</summary>
    public static int LineAt(ReadOnlySpan<byte> text, int index)
    {
        ReadOnlySpan<byte> before = text[..index];
        int line = 1 + before.Count((byte)'\n');
        for (int i = before.IndexOf((byte)'\r'); i >= 0;)
        {
            line += i + 1 == text.Length || text[i + 1] != '\n' ? 1 : 0;
            int next = before[(i + 1)..].IndexOf((byte)'\r');
            i = next < 0 ? -1 : i + 1 + next;
        }

        return line;
    }
}
