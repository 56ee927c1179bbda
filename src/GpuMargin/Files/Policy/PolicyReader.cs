using System.Globalization;
using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>policy.json.</summary>
static class PolicyReader
{
    public const string FileName = "policy.json";

    /// <param name="factors"><see langword="null"/> when the factors' names are not known: references are not checked.</param>
    /// <returns>The policy as far as it could be read; <see langword="null"/> when nothing of it could be.</returns>
    public static PolicyDraft? Read(SourceFile file, FactorTable? factors, FaultList faults)
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
        return IsSupported(policy) ? new PolicyDraft(policy, Sections(policy, factors, faults)) : null;
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

    static MarginPolicy Sections(JsonSection policy, FactorTable? factors, FaultList faults)
    {
        policy.CheckKeys(PolicyKeys.Root);
        policy.Find("$schema", JsonTokenType.String, "the address of a JSON schema", required: false);
        MarginPolicy defaults = new();
        return new MarginPolicy
        {
            Regulation = policy.WordOr(defaults.Regulation, "regulation", PolicyWords.Regulations) ?? default,
            Base = ComponentReader.Base(policy),
            Dependence = ComponentReader.Dependence(policy),
            Concentration = ComponentReader.Concentration(policy),
            Stress = ComponentReader.Stress(policy),
            Buffer = ComponentReader.Buffer(policy),
            LongRunFloor = policy.FlagOr(defaults.LongRunFloor, "longRunFloor"),
            OffsetLimit = policy.Find("offsetLimit") is null ? null : policy.Number("offsetLimit", NumberRule.Share),
            Liquidity = ComponentReader.Liquidity(policy),
            Grid = GridReader.Read(policy),
            Depegs = DepegReader.Read(policy, factors, faults),
            Collateral = Collateral(policy),
            MinimumMargin = policy.NumberOr(defaults.MinimumMargin, "minimumMargin", NumberRule.NotNegative),
            RoundingUnit = policy.NumberOr(defaults.RoundingUnit, "roundingUnit", DecimalRule.RoundingUnit) ?? default,
            Levels = Levels(policy),
        };
    }

    static CollateralTerms Collateral(JsonSection policy)
    {
        CollateralTerms defaults = new();
        if (policy.Section("collateral", PolicyKeys.Collateral, "how collateral counts, such as {\"valuation\": \"haircut\"}") is not { } section)
        {
            return defaults;
        }

        JsonSection? haircuts = section.Section("haircuts", null, "haircuts by asset, such as {\"EUR\": 0.05}");
        return new CollateralTerms
        {
            Valuation = section.WordOr(defaults.Valuation, "valuation", PolicyWords.Valuations) ?? default,
            Haircuts = haircuts?.Members.ToDictionary(member => member.Key, member => haircuts.Number(member.Key, member.Value, NumberRule.Share))
                ?? defaults.Haircuts,
        };
    }

    static MarginLevels Levels(JsonSection policy)
    {
        MarginLevels defaults = new();
        if (policy.Section("levels", PolicyKeys.Levels, "multiples of the requirement, such as {\"initial\": 1, \"maintenance\": 0.8}") is not { } section)
        {
            return defaults;
        }

        MarginLevels levels = new()
        {
            Initial = section.NumberOr(defaults.Initial, "initial", NumberRule.Positive),
            Maintenance = section.NumberOr(defaults.Maintenance, "maintenance", NumberRule.Positive),
        };
        if (levels.Maintenance > levels.Initial)
        {
            LocatedJson? written = section.Find("maintenance");
            section.Refuse(written?.Line ?? section.Line, "maintenance", written?.Text, string.Create(
                CultureInfo.InvariantCulture, $"a level of at most levels.initial, {levels.Initial}{(written is null ? $" (it is {levels.Maintenance} where it is not given)" : "")}"));
        }

        return levels;
    }
}

/// <summary>A policy as far as it could be read, with the places of its keys.</summary>
sealed record PolicyDraft(JsonSection Root, MarginPolicy Policy);
