using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files.Policy;

/// <summary>A key with an object whose keys are names, such as product classes or assets.</summary>
/// <param name="phrase">What the object holds and an example; continues "expected …".</param>
/// <param name="get"><see langword="null"/>: not written.</param>
sealed class NamedValuesKey<T, TValue>(
    string name, string description, string phrase, ValueForm<TValue> form,
    Func<T, IReadOnlyDictionary<string, TValue>?> get, Func<T, Dictionary<string, TValue>, T> with) : PolicyKey<T>(name, description)
{
    public override T Read(JsonSection section, T terms, FactorTable? factors) =>
        section.Section(Name, null, phrase) is { } values
            ? with(terms, values.Members.ToDictionary(member => member.Key, member => form.ReadEntry(values, member.Key, member.Value)))
            : terms;

    public override void Write(Utf8JsonWriter json, T terms, IReadOnlyList<RiskFactor> factors)
    {
        if (get(terms) is not { } values)
        {
            return;
        }

        json.WriteStartObject(Name);
        foreach ((string name, TValue value) in values.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            form.Write(json, value);
        }

        json.WriteEndObject();
    }

    public override JsonObject Schema(T defaults)
    {
        JsonObject entry = [];
        form.Describe(entry);
        return new JsonObject { ["description"] = Description, ["type"] = "object", ["additionalProperties"] = entry };
    }

    public override void Check(T terms, string[] section, PolicyFaults faults)
    {
        foreach ((string name, TValue value) in get(terms) ?? new Dictionary<string, TValue>())
        {
            if (!form.Holds(value))
            {
                faults.Refuse([.. section, Name, name], form.Text(value), form.Phrase);
            }
        }
    }
}
