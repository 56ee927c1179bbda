using System.Text.Json;
using System.Text.Json.Serialization;

namespace GpuMargin.Margin;

/// <summary>The parts of a requirement, run currency, exact decimals; a component that the policy leaves out is 0 or has no line.</summary>
[JsonConverter(typeof(ComponentAmountsConverter))]
public sealed class ComponentAmounts : IEquatable<ComponentAmounts>
{
    readonly decimal[] amounts; // by line

    internal ComponentAmounts(IReadOnlyList<RequirementLine> lines, decimal[] amounts)
    {
        Lines = lines;
        this.amounts = amounts;
    }

    /// <summary>What the amounts are, in the order of the columns of margins.csv.</summary>
    public IReadOnlyList<RequirementLine> Lines { get; }

    /// <summary>Amounts in the order of <see cref="Lines"/>.</summary>
    public IReadOnlyList<decimal> Amounts => amounts;

    /// <param name="column">Name in margins.csv.</param>
    /// <exception cref="KeyNotFoundException">There is no such line.</exception>
    public decimal this[string column] => Find(column) ?? throw new KeyNotFoundException($"A requirement without a line '{column}'.");

    /// <summary>max(0, base measure).</summary>
    public decimal Base => this[RequirementLine.Base];

    /// <summary>The largest of the tests of the stress component, book by book.</summary>
    public decimal Stress => this[RequirementLine.Stress];

    /// <summary>Base, stress and the add-ons, exactly.</summary>
    public decimal Model => this[RequirementLine.Model];

    /// <summary>The largest of model, alternatives and lower bounds, book by book.</summary>
    public decimal Calculated => this[RequirementLine.Calculated];

    /// <returns><see langword="null"/> where there is no such line.</returns>
    public decimal? Find(string column)
    {
        for (int line = 0; line < amounts.Length; line++)
        {
            if (Lines[line].Column == column)
            {
                return amounts[line];
            }
        }

        return null;
    }

    /// <summary>Lines that these amounts or others have, in the order of the columns.</summary>
    public IReadOnlyList<RequirementLine> LinesWith(ComponentAmounts other) =>
        RequirementLine.Of(component => Find(component.Column) is not null || other.Find(component.Column) is not null);

    /// <summary>Sums line by line, exact.</summary>
    /// <param name="lines">Those of every part.</param>
    internal static ComponentAmounts Sum(IReadOnlyList<RequirementLine> lines, IEnumerable<ComponentAmounts> parts)
    {
        decimal[] sums = new decimal[lines.Count];
        foreach (ComponentAmounts part in parts)
        {
            for (int line = 0; line < sums.Length; line++)
            {
                sums[line] += part.amounts[line];
            }
        }

        return new ComponentAmounts(lines, sums);
    }

    public bool Equals(ComponentAmounts? other) => other is not null && Lines.SequenceEqual(other.Lines) && amounts.AsSpan().SequenceEqual(other.amounts);

    public override bool Equals(object? obj) => Equals(obj as ComponentAmounts);

    public override int GetHashCode() => Calculated.GetHashCode();

    public override string ToString() => string.Join(", ", Lines.Zip(amounts, (line, amount) => FormattableString.Invariant($"{line.Column} {amount}")));
}

/// <summary>An object with the lines' names in camel case; the two sums stand last.</summary>
sealed class ComponentAmountsConverter : JsonConverter<ComponentAmounts>
{
    public override ComponentAmounts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object with amounts was expected");
        }

        Dictionary<string, decimal> read = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number)
            {
                throw new JsonException($"'{name}' is no amount");
            }

            read[name] = reader.GetDecimal();
        }

        RequirementLine[] lines = RequirementLine.Of(component => read.ContainsKey(new RequirementLine(component.Column, "", "").JsonName));
        return new ComponentAmounts(lines, [.. lines.Select(line => read.GetValueOrDefault(line.JsonName))]);
    }

    public override void Write(Utf8JsonWriter writer, ComponentAmounts value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        for (int line = 0; line < value.Lines.Count; line++)
        {
            if (value.Lines[line].Column is not (RequirementLine.Model or RequirementLine.Calculated))
            {
                writer.WriteNumber(value.Lines[line].JsonName, value.Amounts[line]);
            }
        }

        writer.WriteNumber(RequirementLine.Calculated, value.Calculated);
        writer.WriteNumber(RequirementLine.Model, value.Model);
        writer.WriteEndObject();
    }
}
