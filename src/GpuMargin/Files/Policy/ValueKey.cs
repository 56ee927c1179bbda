using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files.Policy;

/// <summary>A key with a number, a word or a flag.</summary>
/// <param name="get"><see langword="null"/>: the terms have no value, and the key has no default.</param>
sealed class ValueKey<T, TValue>(string name, string description, ValueForm<TValue> form, Func<T, TValue?> get, Func<T, TValue, T> with) : PolicyKey<T>(name, description)
    where TValue : struct
{
    public override T Read(JsonSection section, T terms, FactorTable? factors) =>
        IsRequired || section.Find(Name) is not null ? with(terms, form.Read(section, Name)) : terms;

    public override void Write(Utf8JsonWriter json, T terms, IReadOnlyList<RiskFactor> factors)
    {
        if (get(terms) is { } value)
        {
            json.WritePropertyName(Name);
            form.Write(json, value);
        }
    }

    public override JsonObject Schema(T defaults)
    {
        JsonObject schema = new() { ["description"] = Description };
        form.Describe(schema);
        if (!IsRequired && get(defaults) is { } value)
        {
            schema["default"] = form.Node(value);
        }

        return schema;
    }

    public override void Check(T terms, string[] section, PolicyFaults faults)
    {
        if (get(terms) is { } value && !form.Holds(value))
        {
            faults.Refuse([.. section, Name], form.Text(value), form.Phrase);
        }
    }
}
