using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Writes a policy as the policy.json that is read back to the same policy.</summary>
static class PolicyWriter
{
    /// <param name="factors">Those that <see cref="DepegJump.Factor"/> points to.</param>
    /// <param name="stream">Left open.</param>
    public static void Write(MarginPolicy policy, PolicySections sections, IReadOnlyList<RiskFactor> factors, Stream stream)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("version", MarginPolicy.SupportedVersion);
        foreach (PolicySection section in sections.All)
        {
            section.Key.Write(json, policy, factors);
        }

        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }
}
