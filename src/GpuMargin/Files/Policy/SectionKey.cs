using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>A key of policy.json with an object that has keys of its own.</summary>
/// <param name="phrase">What the section is and an example; continues "expected …".</param>
/// <param name="defaults">Terms of a section without any key.</param>
/// <param name="get"><see langword="null"/>: the policy has no such section.</param>
sealed class SectionKey<T>(
    string name, string description, string phrase, T defaults, PolicyKey<T>[] keys,
    Func<MarginPolicy, T?> get, Func<MarginPolicy, T, MarginPolicy> with) : PolicyKey<MarginPolicy>(name, description)
    where T : class
{
    readonly string[] names = [.. keys.Select(key => key.Name)];

    public override MarginPolicy Read(JsonSection section, MarginPolicy terms, FactorTable? factors) =>
        section.Section(Name, names, phrase) is { } own
            ? with(terms, keys.Aggregate(defaults, (read, key) => key.Read(own, read, factors)))
            : terms;

    public override void Write(Utf8JsonWriter json, MarginPolicy terms, IReadOnlyList<RiskFactor> factors)
    {
        if (get(terms) is { } own)
        {
            json.WriteStartObject(Name);
            foreach (PolicyKey<T> key in keys)
            {
                key.Write(json, own, factors);
            }

            json.WriteEndObject();
        }
    }

    public override JsonObject Schema(MarginPolicy none) => SchemaOf(Description, keys, defaults);

    public override void Check(MarginPolicy terms, string[] section, PolicyFaults faults)
    {
        if (get(terms) is { } own)
        {
            foreach (PolicyKey<T> key in keys)
            {
                key.Check(own, [.. section, Name], faults);
            }
        }
    }

    /// <summary>The schema of an object with these keys and no others.</summary>
    /// <param name="description"><see langword="null"/>: none.</param>
    internal static JsonObject SchemaOf(string? description, PolicyKey<T>[] keys, T defaults)
    {
        JsonObject schema = [];
        if (description is not null)
        {
            schema["description"] = description;
        }

        schema["type"] = "object";
        string[] required = [.. keys.Where(key => key.IsRequired).Select(key => key.Name)];
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        }

        schema["additionalProperties"] = false;
        JsonObject properties = [];
        foreach (PolicyKey<T> key in keys)
        {
            properties[key.Name] = key.Schema(defaults);
        }

        schema["properties"] = properties;
        return schema;
    }
}
