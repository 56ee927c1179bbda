using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Section <c>depeg</c>: a <see cref="DepegJump"/> by price factor.</summary>
sealed class DepegKey() : PolicyKey<MarginPolicy>("depeg", "Jumps of settlement coins in the simulation, by price factor. The house's own assessment; no regulation sets them.")
{
    const string Phrase = "jumps by price factor, such as {\"USDTUSD\": {\"probabilityPerDay\": 0.0005, \"fall\": 0.1}}";

    static readonly PolicyKey<JumpTerms>[] s_keys =
    [
        new ValueKey<JumpTerms, double>(
            "probabilityPerDay", "Probability of the jump on a day; over d days 1 − (1 − p)^d.",
            new NumberForm(NumberRule.Share), jump => jump.ProbabilityPerDay, (jump, value) => jump with { ProbabilityPerDay = value })
        { IsRequired = true },
        new ValueKey<JumpTerms, double>(
            "fall", "Share of the price that is lost.",
            new NumberForm(NumberRule.PositiveShare), jump => jump.Fall, (jump, value) => jump with { Fall = value })
        { IsRequired = true },
    ];

    static readonly string[] s_names = [.. s_keys.Select(key => key.Name)];

    public override MarginPolicy Read(JsonSection section, MarginPolicy terms, FactorTable? factors)
    {
        if (section.Section(Name, null, Phrase) is not { } jumps)
        {
            return terms;
        }

        List<DepegJump> read = [];
        foreach ((string name, LocatedJson value) in jumps.Members)
        {
            if (jumps.Find(name, JsonTokenType.StartObject, "a jump such as {\"probabilityPerDay\": 0.0005, \"fall\": 0.1}", required: true) is null)
            {
                continue;
            }

            string? expected = null;
            int factor = factors?.Resolve(Encoding.UTF8.GetBytes(name), name, RiskFactorKind.Price, section.Faults, out expected) ?? -1;
            if (expected is not null)
            {
                jumps.Refuse(value.Line, name, name, expected);
            }

            JsonSection jump = jumps.Section(name, s_names, "a jump")!;
            JumpTerms of = s_keys.Aggregate(new JumpTerms(0, 0), (own, key) => key.Read(jump, own, factors));
            read.Add(new DepegJump(factor, of.ProbabilityPerDay, of.Fall));
        }

        return terms with { Depegs = read };
    }

    public override void Write(Utf8JsonWriter json, MarginPolicy terms, IReadOnlyList<RiskFactor> factors)
    {
        json.WriteStartObject(Name);
        foreach (DepegJump jump in terms.Depegs)
        {
            json.WriteStartObject(factors[jump.Factor].Name);
            foreach (PolicyKey<JumpTerms> key in s_keys)
            {
                key.Write(json, new JumpTerms(jump.ProbabilityPerDay, jump.Fall), factors);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public override JsonObject Schema(MarginPolicy defaults) => new()
    {
        ["description"] = Description,
        ["type"] = "object",
        ["additionalProperties"] = SectionKey<JumpTerms>.SchemaOf(null, s_keys, new JumpTerms(0, 0)),
    };

    /// <summary>A policy built in C# names factors by their index.</summary>
    public override void Check(MarginPolicy terms, string[] section, PolicyFaults faults)
    {
        foreach (DepegJump jump in terms.Depegs)
        {
            string[] path = [.. section, Name, jump.Factor.ToString(CultureInfo.InvariantCulture)];
            foreach (PolicyKey<JumpTerms> key in s_keys)
            {
                key.Check(new JumpTerms(jump.ProbabilityPerDay, jump.Fall), path, faults);
            }
        }
    }

    sealed record JumpTerms(double ProbabilityPerDay, double Fall);
}
