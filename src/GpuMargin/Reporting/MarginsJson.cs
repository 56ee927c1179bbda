using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GpuMargin.Margin;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Reporting;

/// <summary>margins.json: what margins.csv says, nested, and the members' totals; written when the set has a policy. Keys are the property names in camel case.</summary>
/// <param name="Currency">Of every amount.</param>
/// <param name="Accounts">In order of first appearance.</param>
/// <param name="Members">Exact sums of the requirements, by member and account type.</param>
sealed record MarginsJson(string Currency, IReadOnlyList<AccountMargin> Accounts, IReadOnlyList<MemberTotal> Members)
{
    public const string FileName = "margins.json";

    /// <summary>UTF-8, indented, one line feed at the end.</summary>
    public static byte[] ToBytes(MarginReport report)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = MarginsJsonContext.Encoder }))
        {
            MarginsJsonContext.Readable.Write(writer, new MarginsJson(report.Settings.Currency, report.Accounts, report.Members));
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <exception cref="JsonException">Not a margins.json.</exception>
    public static MarginsJson FromJson(ReadOnlySpan<byte> json)
    {
        _ = RecordLeaves.Of(json); // Finds every null, with its place.
        return JsonSerializer.Deserialize(json, MarginsJsonContext.Readable.MarginsJson)!;
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MarginsJson))]
sealed partial class MarginsJsonContext : JsonSerializerContext
{
    /// <summary>Only what JSON itself demands is escaped: the file is read by people, and never part of a web page.</summary>
    internal static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    internal static MarginsJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = Encoder });

    /// <summary>Writes through the generated code alone: the serializer, which does not use it with an encoder, compiles hundreds of methods on its first object.</summary>
    internal void Write(Utf8JsonWriter writer, MarginsJson margins) => MarginsJsonSerializeHandler(writer, margins);
}
