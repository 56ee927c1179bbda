using System.Globalization;
using System.Text.Json;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>policy.json.</summary>
static class PolicyReader
{
    public const string FileName = PolicyFaults.File;

    static readonly string[] s_leading = ["$schema", "version"];

    /// <param name="factors"><see langword="null"/> when the factors' names are not known: references are not checked.</param>
    /// <returns>The policy as far as it could be read; <see langword="null"/> when nothing of it could be.</returns>
    public static PolicyDraft? Read(SourceFile file, PolicySections sections, FactorTable? factors, FaultList faults)
    {
        LocatedJson? root = LocatedJson.Parse(file, faults);
        if (root is not { Kind: JsonTokenType.StartObject })
        {
            if (root is not null)
            {
                faults.Add(FileName, root.Line, null, root.Text, "a JSON object in braces");
            }

            return null;
        }

        JsonSection policy = new(FileName, "", root, faults);
        PolicyFaults places = new(root, faults);
        return IsSupported(policy) ? new PolicyDraft(places, Sections(policy, sections, factors, places)) : null;
    }

    /// <summary>The keys of another version mean something else: nothing but the version is judged.</summary>
    static bool IsSupported(JsonSection policy)
    {
        string phrase = string.Create(CultureInfo.InvariantCulture, $"version {MarginPolicy.SupportedVersion}, the only one that this product reads");
        if (policy.Find("version", JsonTokenType.Number, phrase, required: true) is not { } version)
        {
            return policy.Find("version") is null;
        }

        if (decimal.TryParse(version.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number == MarginPolicy.SupportedVersion)
        {
            return true;
        }

        policy.Refuse(version.Line, "version", version.Text, phrase);
        return false;
    }

    static MarginPolicy Sections(JsonSection root, PolicySections sections, FactorTable? factors, PolicyFaults faults)
    {
        root.CheckKeys([.. s_leading, .. sections.All.Select(section => section.Key.Name)]);
        root.Find("$schema", JsonTokenType.String, "the address of a JSON schema", required: false);
        MarginPolicy policy = new();
        foreach (PolicySection section in sections.All)
        {
            policy = section.Key.Read(root, policy, factors);
            section.CheckKeys(policy, faults);
        }

        return policy;
    }
}

/// <summary>A policy as far as it could be read, with the places of its keys.</summary>
sealed record PolicyDraft(PolicyFaults Faults, MarginPolicy Policy);
