using System.Text;
using System.Text.Json;

namespace GpuMargin.Files;

/// <summary>A JSON value with the line it starts on; an object keeps repeated keys.</summary>
/// <param name="Text">A string's value; any other token as it is written.</param>
sealed record LocatedJson(JsonTokenType Kind, string Text, int Line, IReadOnlyList<(string Key, LocatedJson Value)> Members)
{
    /// <summary>The values of a list.</summary>
    public IReadOnlyList<LocatedJson> Items { get; init; } = [];

    /// <returns><see langword="null"/> when the file is no JSON; a fault says where.</returns>
    public static LocatedJson? Parse(SourceFile file, FaultList faults)
    {
        ReadOnlySpan<byte> text = file.Text.Span;
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            faults.Add(file.Name, 1, null, null, "a JSON object in braces (the file is empty)");
            return null;
        }

        Utf8JsonReader reader = new(text);
        try
        {
            reader.Read();
            (int Index, int Line) place = (0, 1);
            LocatedJson value = Value(ref reader, text, ref place);

            // Throws when anything but blanks follows.
            reader.Read();
            return value;
        }
        catch (JsonException wrong)
        {
            int line = (int)(wrong.LineNumber ?? 0);
            int column = (int)(wrong.BytePositionInLine ?? 0);
            string found = LineFrom(text, line, column);
            faults.Add(
                file.Name, line + 1, null, found.Length == 0 ? null : found, FormattableString.Invariant($"valid JSON (at or before character {column + 1} a comma, colon, quote or bracket is missing or too many)"));
        }
        catch (InvalidOperationException)
        {
            // What Utf8JsonReader throws for an escaped half of a surrogate pair.
            int line = SourceFile.LineAt(text, (int)reader.TokenStartIndex);
            faults.Add(file.Name, line, null, Encoding.UTF8.GetString(reader.ValueSpan), "a string of valid Unicode characters");
        }

        return null;
    }

    // Lines are counted on from the token before: files of quotes have many.
    static LocatedJson Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ref (int Index, int Line) place)
    {
        int index = (int)reader.TokenStartIndex, line = place.Line - 1 + SourceFile.LineAt(text[place.Index..], index - place.Index);
        place = (index, line);
        JsonTokenType kind = reader.TokenType;
        if (kind == JsonTokenType.StartArray)
        {
            List<LocatedJson> items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(Value(ref reader, text, ref place));
            }

            return new LocatedJson(kind, "[…]", line, []) { Items = items };
        }

        if (kind != JsonTokenType.StartObject)
        {
            string value = kind == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
            return new LocatedJson(kind, value, line, []);
        }

        List<(string, LocatedJson)> members = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            members.Add((key, Value(ref reader, text, ref place)));
        }

        return new LocatedJson(kind, "{…}", line, members);
    }

    static string LineFrom(ReadOnlySpan<byte> text, int line, int column)
    {
        for (int i = 0; i < line; i++)
        {
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        }

        int end = text.IndexOf((byte)'\n');
        text = end < 0 ? text : text[..end];
        return Encoding.UTF8.GetString(text[Math.Min(column, text.Length)..]).Trim();
    }
}
