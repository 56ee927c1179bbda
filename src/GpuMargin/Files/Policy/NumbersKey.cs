using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files.Policy;

/// <summary>A key with a list of numbers.</summary>
/// <param name="phrase">What the list is and an example; continues "expected …".</param>
sealed class NumbersKey<T>(
    string name, string description, string phrase, NumberRule rule, Func<T, IReadOnlyList<double>> get, Func<T, double[], T> with) : PolicyKey<T>(name, description)
{
    public override T Read(JsonSection section, T terms, FactorTable? factors) =>
        section.Find(Name, JsonTokenType.StartArray, phrase, required: false) is { } list
            ? with(terms, [.. list.Items.Select((number, index) => section.Number(Item(index), number, rule))])
            : terms;

    public override void Write(Utf8JsonWriter json, T terms, IReadOnlyList<RiskFactor> factors)
    {
        json.WriteStartArray(Name);
        foreach (double number in get(terms))
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    public override JsonObject Schema(T defaults)
    {
        JsonObject items = [];
        new NumberForm(rule).Describe(items);
        return new JsonObject { ["description"] = Description, ["type"] = "array", ["items"] = items };
    }

    public override void Check(T terms, string[] section, PolicyFaults faults)
    {
        IReadOnlyList<double> numbers = get(terms);
        for (int index = 0; index < numbers.Count; index++)
        {
            if (!rule.Holds(numbers[index]))
            {
                faults.Refuse([.. section, Item(index)], new NumberForm(rule).Text(numbers[index]), rule.Phrase);
            }
        }
    }

    string Item(int index) => FormattableString.Invariant($"{Name}[{index}]");
}
