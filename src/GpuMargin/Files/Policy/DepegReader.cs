using System.Text;
using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Section <c>depeg</c> of policy.json: one entry per price factor.</summary>
static class DepegReader
{
    const string Phrase = "jumps by price factor, such as {\"USDTUSD\": {\"probabilityPerDay\": 0.0005, \"fall\": 0.1}}";

    public static DepegJump[] Read(JsonSection policy, FactorTable? factors, FaultList faults)
    {
        List<DepegJump> jumps = [];
        if (policy.Section("depeg", null, Phrase) is not { } section)
        {
            return [];
        }

        foreach ((string name, LocatedJson value) in section.Members)
        {
            if (section.Find(name, JsonTokenType.StartObject, "a jump such as {\"probabilityPerDay\": 0.0005, \"fall\": 0.1}", required: true) is null)
            {
                continue;
            }

            string? expected = null;
            int factor = factors?.Resolve(Encoding.UTF8.GetBytes(name), name, RiskFactorKind.Price, faults, out expected) ?? -1;
            if (expected is not null)
            {
                section.Refuse(value.Line, name, name, expected);
            }

            JsonSection jump = section.Section(name, PolicyKeys.Depeg, "a jump")!;
            jumps.Add(new DepegJump(factor, jump.Number("probabilityPerDay", NumberRule.Share), jump.Number("fall", NumberRule.PositiveShare)));
        }

        return [.. jumps];
    }
}
