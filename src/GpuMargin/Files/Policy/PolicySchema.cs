using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>The JSON schema of policy.json (draft 2020-12), composed of the sections' own: keys, ranges, defaults and sources.</summary>
static class PolicySchema
{
    /// <summary>Longest object that stands on one line: of a section at the top, and below.</summary>
    const int TopLength = 200, InnerLength = 300;

    const int TopDepth = 2;

    // Readable: the schema is never part of a web page.
    static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>UTF-8, one line feed at the end.</returns>
    public static byte[] ToBytes(PolicySections sections)
    {
        JsonObject properties = new()
        {
            ["$schema"] = new JsonObject { ["description"] = "Address of this schema, for editors. Not used.", ["type"] = "string" },
            ["version"] = new JsonObject { ["description"] = "Version of this format. A file of another version is refused.", ["const"] = MarginPolicy.SupportedVersion },
        };
        foreach (PolicySection section in sections.All)
        {
            properties[section.Key.Name] = section.Key.Schema(new MarginPolicy());
        }

        JsonObject schema = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = string.Create(CultureInfo.InvariantCulture, $"GpuMargin margin policy, version {MarginPolicy.SupportedVersion}"),
            ["description"] = "Which components a margin requirement has, and their parameters. A section that is missing is off. Shares, returns and confidence levels are decimals; money is in run currency. EMIR RTS is Commission Delegated Regulation (EU) No 153/2013; STANS is OCC's margin methodology (STANS Methodology Description, rule filing SR-OCC-2020-016, 86 FR 9410).",
            ["type"] = "object",
            ["required"] = new JsonArray("version"),
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        StringBuilder text = new();
        Append(text, schema, isBroken: true, depth: 0);
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    static void Append(StringBuilder text, JsonNode node, bool isBroken, int depth)
    {
        string line = OnOneLine(node);
        if (node is not JsonObject members || !(isBroken || line.Length > (depth == TopDepth ? TopLength : InnerLength)))
        {
            text.Append(line);
            return;
        }

        text.Append('{');
        string separator = "\n";
        foreach ((string key, JsonNode? value) in members)
        {
            text.Append(separator).Append(' ', 2 * depth + 2).Append(OnOneLine(key)).Append(": ");
            Append(text, value!, isBroken: key == "properties", depth + 1);
            separator = ",\n";
        }

        text.Append('\n').Append(' ', 2 * depth).Append('}');
    }

    static string OnOneLine(JsonNode node) => node switch
    {
        JsonObject members => $"{{ {string.Join(", ", members.Select(member => $"{OnOneLine(member.Key)}: {OnOneLine(member.Value!)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(item => OnOneLine(item!)))}]",
        _ => node.ToJsonString(s_readable),
    };
}
