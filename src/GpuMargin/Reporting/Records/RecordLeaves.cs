using System.Text;
using System.Text.Json;

namespace GpuMargin.Reporting.Records;

/// <summary>The fields of a record in the order of its text.</summary>
static class RecordLeaves
{
    /// <exception cref="JsonException">No JSON object, or with a null; says where.</exception>
    public static IReadOnlyList<RecordLeaf> Of(ReadOnlySpan<byte> json)
    {
        List<RecordLeaf> leaves = [];
        Utf8JsonReader reader = new(json);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("line 1: expected a JSON object");
            }

            Line line = default;
            Append(ref reader, json, ref line, "", leaves);
            reader.Read(); // Throws when anything but blanks follows.
            return leaves;
        }
        catch (JsonException wrong) when (wrong.LineNumber is { } at)
        {
            throw new JsonException(FormattableString.Invariant($"line {at + 1}: {wrong.Message}"), wrong);
        }
        catch (InvalidOperationException wrong)
        {
            // What Utf8JsonReader throws for an escaped half of a surrogate pair.
            throw new JsonException(FormattableString.Invariant($"line {LineFrom(json, reader.TokenStartIndex, default).Number + 1}: expected valid Unicode"), wrong);
        }
    }

    static void Append(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref Line line, string path, List<RecordLeaf> leaves)
    {
        line = LineFrom(json, reader.TokenStartIndex, line);
        int start = line.Number + 1;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                int before = leaves.Count;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string key = reader.GetString()!;
                    reader.Read();
                    Append(ref reader, json, ref line, path.Length == 0 ? key : $"{path}.{key}", leaves);
                }

                if (leaves.Count == before)
                {
                    leaves.Add(new RecordLeaf(path, "{}", start));
                }

                break;
            case JsonTokenType.StartArray:
                int first = leaves.Count;
                List<RecordLeaf> plain = [];
                for (int item = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; item++)
                {
                    bool nested = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                    Append(ref reader, json, ref line, FormattableString.Invariant($"{path}[{item}]"), nested ? leaves : plain);
                }

                if (plain.Count > 0 || leaves.Count == first)
                {
                    leaves.Add(new RecordLeaf(path, $"[{string.Join(',', plain.Select(value => value.Text))}]", start));
                }

                break;
            case JsonTokenType.Null:
                throw new JsonException(FormattableString.Invariant($"line {start}: {path}: found null, expected a value"));
            case JsonTokenType.String:
                leaves.Add(new RecordLeaf(path, $"\"{reader.GetString()}\"", start));
                break;
            default:
                leaves.Add(new RecordLeaf(path, Encoding.UTF8.GetString(reader.ValueSpan), start));
                break;
        }
    }

    static Line LineFrom(ReadOnlySpan<byte> json, long position, Line from) =>
        new(from.Number + json[from.Position..(int)position].Count((byte)'\n'), (int)position);

    /// <summary>A place in the text and how many lines are before it.</summary>
    readonly record struct Line(int Number, int Position);
}
