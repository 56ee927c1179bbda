using System.Text.Json;
using System.Text.Json.Serialization;

namespace GpuMargin.ClearingSets;

/// <summary>JSON form of a word: the same as in files.</summary>
abstract class WordConverter<T>(Vocabulary<T> words) : JsonConverter<T>
    where T : struct
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && words.Find(reader.GetString()!) is { } value ? value : throw new JsonException($"expected {words.Expected()}");

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(words.WordOf(value));
}
