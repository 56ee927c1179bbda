using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Checks of a policy against the set that it is applied to.</summary>
static class PolicyCheck
{
    /// <summary>A policy that was read.</summary>
    public static void Check(PolicyDraft draft, PolicySections sections, RunDraft run, FactorTable? factors, List<Instrument>? instruments, List<string> warnings)
    {
        HashSet<string>? assets = run is { Currency: { } currency, FxCurrencies: { } foreign } && factors is { Names.IsComplete: true }
            ? [currency, .. foreign, .. factors.Names.Names.Where((_, i) => factors.Kinds[i] == RiskFactorKind.Price)]
            : null;
        Check(draft.Policy, sections, run.Settings, assets, instruments is null ? null : Classes(instruments), draft.Faults, warnings);
    }

    /// <summary>The policy of a set, built in C# or changed since it was read: whatever a reader would refuse is refused.</summary>
    /// <exception cref="RefusedInputException">The policy is faulty.</exception>
    public static void Require(ClearingSet set, PolicySections sections)
    {
        MarginPolicy policy = set.Policy!;
        FaultList found = new();
        PolicyFaults faults = new(null, found);
        if (policy.Components.GroupBy(terms => terms.GetType()).FirstOrDefault(kind => kind.Count() > 1) is { } twice)
        {
            faults.Refuse([twice.Key.Name], null, "the terms of a component once only");
        }

        foreach (int factor in policy.Depegs.Select(jump => jump.Factor).Where(f => f < 0 || f >= set.Factors.Count || set.Factors[f].Kind != RiskFactorKind.Price))
        {
            faults.Refuse(["depeg"], factor.ToString(CultureInfo.InvariantCulture), "the index of a price factor");
        }

        foreach (PolicySection section in sections.All)
        {
            section.Key.Check(policy, [], faults);
            section.CheckKeys(policy, faults);
        }

        // Levels out of range have no tails.
        found.ThrowIfAny();
        HashSet<string> assets =
            [set.Settings.Currency, .. set.Settings.Fx.Keys, .. set.Factors.Where(factor => factor.Kind == RiskFactorKind.Price).Select(factor => factor.Name)];
        Check(policy, sections, set.Settings, assets, Classes(set.Instruments), faults, []);
        found.ThrowIfAny();
    }

    static string[] Classes(IReadOnlyList<Instrument> instruments) => [.. instruments.Select(instrument => instrument.ProductClass).Distinct()];

    static void Check(
        MarginPolicy policy, PolicySections sections, RunSettings settings, IReadOnlySet<string>? assets, string[]? classes, PolicyFaults faults, List<string> warnings)
    {
        foreach ((string[] path, decimal level) in sections.All.SelectMany(section => section.TailConfidences(policy)))
        {
            CheckTail(path, level, settings.Scenarios, faults);
        }

        foreach (PolicySection section in sections.All)
        {
            section.CheckRun(policy, settings, assets, faults, warnings);
        }

        if (classes is null)
        {
            return;
        }

        foreach (PolicySection section in sections.All)
        {
            section.CheckClasses(policy, classes, faults, warnings);
        }

        if (policy.Regulation == Regulation.Emir)
        {
            CheckMinima(policy, sections, settings, classes, faults);
        }
    }

    /// <summary>n·(1 − α) ≥ 1, as for the run's own confidence.</summary>
    static void CheckTail(string[] path, decimal level, int scenarios, PolicyFaults faults)
    {
        if (scenarios * (1 - level) < 1)
        {
            faults.Refuse(path, level.ToString(CultureInfo.InvariantCulture), string.Create(
                CultureInfo.InvariantCulture,
                $"a confidence level that the run's {scenarios} scenarios reach; {level} needs at least {Math.Ceiling(1 / (1 - level))}"));
        }
    }

    static void CheckMinima(MarginPolicy policy, PolicySections sections, RunSettings settings, string[] classes, PolicyFaults faults)
    {
        foreach (EmirMinimum minimum in sections.All.SelectMany(section => section.MissedMinima(policy, settings, classes)).OrderBy(minimum => minimum.Article))
        {
            minimum.Refuse(faults);
        }

        PolicySection[] against = [.. sections.All.Where(section => section.ProcyclicalityParagraph is not null).OrderBy(section => section.ProcyclicalityParagraph, StringComparer.Ordinal)];
        if (!against.Any(section => section.IsOn(policy)))
        {
            string[] names = [.. against.Select(section => $"'{section.Key.Name}'")];
            faults.Refuse(["regulation"], "emir", $"one of {string.Join(", ", names[..^1])} and {names[^1]} with it (EMIR RTS Art. 28(1))");
        }
    }
}
