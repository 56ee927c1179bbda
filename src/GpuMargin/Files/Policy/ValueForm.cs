using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files.Policy;

/// <summary>Kind and range of a value of policy.json: one rule for the reader, the schema and policies built in C#.</summary>
abstract class ValueForm<TValue>
{
    /// <summary>What continues "expected …".</summary>
    public abstract string Phrase { get; }

    /// <returns>Meaningful when there is no fault.</returns>
    public abstract TValue Read(JsonSection section, string key);

    /// <summary>A member of a section whose keys are names.</summary>
    public virtual TValue ReadEntry(JsonSection section, string key, LocatedJson value) => Read(section, key);

    public abstract void Write(Utf8JsonWriter json, TValue value);

    public abstract bool Holds(TValue value);

    public abstract string Text(TValue value);

    /// <summary>Adds type and bounds.</summary>
    public abstract void Describe(JsonObject schema);

    public virtual JsonNode Node(TValue value) => JsonValue.Create(value)!;
}

sealed class NumberForm(NumberRule rule) : ValueForm<double>
{
    public override string Phrase => rule.Phrase;

    public override double Read(JsonSection section, string key) => section.Number(key, rule);

    public override double ReadEntry(JsonSection section, string key, LocatedJson value) => section.Number(key, value, rule);

    public override void Write(Utf8JsonWriter json, double value) => json.WriteNumberValue(value);

    public override bool Holds(double value) => rule.Holds(value);

    public override string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override void Describe(JsonObject schema)
    {
        schema["type"] = "number";
        if (double.IsFinite(rule.Least))
        {
            schema[rule.AboveLeast ? "exclusiveMinimum" : "minimum"] = rule.Least;
        }

        if (double.IsFinite(rule.Most))
        {
            schema[rule.BelowMost ? "exclusiveMaximum" : "maximum"] = rule.Most;
        }

        if (rule.Except is { } value)
        {
            schema["not"] = new JsonObject { ["const"] = value };
        }
    }
}

class DecimalForm(DecimalRule rule) : ValueForm<decimal>
{
    /// <summary>Whether another key's value keeps this one above its least.</summary>
    public bool IsAboveLeast { get; init; }

    public override string Phrase => rule.Phrase;

    public override decimal Read(JsonSection section, string key) => section.NumberOr(default, key, rule) ?? default;

    public override void Write(Utf8JsonWriter json, decimal value) => json.WriteNumberValue(value);

    public override bool Holds(decimal value) => rule.Holds(value);

    public override string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    public override void Describe(JsonObject schema)
    {
        schema["type"] = rule.IsWhole ? "integer" : "number";
        if (rule.Least is { } least)
        {
            schema[rule.AboveLeast || IsAboveLeast ? "exclusiveMinimum" : "minimum"] = least;
        }

        if (rule.Most is { } most)
        {
            schema[rule.BelowMost ? "exclusiveMaximum" : "maximum"] = most;
        }
    }
}

sealed class WholeForm(DecimalRule rule) : ValueForm<int>
{
    readonly DecimalForm form = new(rule);

    public override string Phrase => form.Phrase;

    public override int Read(JsonSection section, string key) => (int)form.Read(section, key);

    public override void Write(Utf8JsonWriter json, int value) => json.WriteNumberValue(value);

    public override bool Holds(int value) => form.Holds(value);

    public override string Text(int value) => form.Text(value);

    public override void Describe(JsonObject schema) => form.Describe(schema);
}

sealed class FlagForm : ValueForm<bool>
{
    public override string Phrase => "true or false";

    public override bool Read(JsonSection section, string key) => section.FlagOr(default, key);

    public override void Write(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);

    public override bool Holds(bool value) => true;

    public override string Text(bool value) => value ? "true" : "false";

    public override void Describe(JsonObject schema) => schema["type"] = "boolean";
}

sealed class WordForm<TValue>(Vocabulary<TValue> words) : ValueForm<TValue>
    where TValue : struct, Enum
{
    public override string Phrase => words.Expected();

    public override TValue Read(JsonSection section, string key) => section.Word(key, words) ?? default;

    public override void Write(Utf8JsonWriter json, TValue value) => json.WriteStringValue(words.WordOf(value));

    public override bool Holds(TValue value) => words.Has(value);

    public override string Text(TValue value) => Holds(value) ? words.WordOf(value) : value.ToString();

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. Enum.GetValues<TValue>().Select(Node)]);

    public override JsonNode Node(TValue value) => words.WordOf(value);
}
