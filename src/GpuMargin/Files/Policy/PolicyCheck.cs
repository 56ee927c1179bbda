using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Checks of a policy against the set that it is applied to.</summary>
static class PolicyCheck
{
    public static void Check(PolicyDraft draft, RunDraft run, FactorTable? factors, List<Instrument>? instruments, List<string> warnings)
    {
        (JsonSection root, MarginPolicy policy) = draft;
        RunSettings settings = run.Settings;
        CheckTail(root, "base", "confidence", policy.Base.Confidence, settings.Scenarios);
        CheckTail(root, "dependence", "confidence", policy.Dependence?.Confidence, settings.Scenarios);
        CheckTail(root, "dependence", "extremeConfidence", policy.Dependence?.ExtremeConfidence, settings.Scenarios);
        CheckTail(root, "concentration", "confidence", policy.Concentration?.Confidence, settings.Scenarios);
        CheckTail(root, "concentration", "extremeConfidence", policy.Concentration?.ExtremeConfidence, settings.Scenarios);
        if (policy.Base.MarginPeriodOfRisk.Count > 0 && settings.HorizonDays == 0)
        {
            root.Refuse(root.Find("base")?.Line, "base.marginPeriodOfRisk", null, "no such key when horizonDays of the run is 0: nothing can be scaled from it");
        }

        if (run is { Currency: { } currency, FxCurrencies: { } foreign } && factors is { Names.IsComplete: true })
        {
            CheckHaircuts(root, policy.Collateral.Haircuts, [currency, .. foreign, .. factors.Names.Names.Where((_, i) => factors.Kinds[i] == RiskFactorKind.Price)], warnings);
        }

        if (instruments is null)
        {
            return;
        }

        string[] classes = [.. instruments.Select(instrument => instrument.ProductClass).Distinct()];
        CheckClasses(root, policy.Base.MarginPeriodOfRisk, classes, warnings);
        if (policy.OffsetLimit is not null && classes.Length == 1)
        {
            warnings.Add($"offsetLimit of policy.json has no effect: every instrument is of product class '{classes[0]}'.");
        }

        if (policy.Regulation == Regulation.Emir)
        {
            EmirMinima.Check(root, policy, settings, classes);
        }
    }

    /// <summary>n·(1 − α) ≥ 1, as for the run's own confidence.</summary>
    static void CheckTail(JsonSection root, string section, string key, decimal? confidence, int scenarios)
    {
        if (confidence is { } level && DecimalRule.Confidence.Holds(level) && scenarios * (1 - level) < 1)
        {
            (int? line, string? found) = Place(root, section, key);
            root.Refuse(line, $"{section}.{key}", found, string.Create(
                CultureInfo.InvariantCulture,
                $"a confidence level that the run's {scenarios} scenarios reach; {level} needs at least {Math.Ceiling(1 / (1 - level))}"));
        }
    }

    /// <summary>A period under a mistyped name would leave its class the default; one of a class that today's book lacks is no fault.</summary>
    static void CheckClasses(JsonSection root, IReadOnlyDictionary<string, int> periods, string[] classes, List<string> warnings)
    {
        string[] unnamed = [.. classes.Where(name => !periods.ContainsKey(name) && name != BaseMargin.DefaultClass)];
        foreach (string name in periods.Keys.Where(name => name != BaseMargin.DefaultClass && !classes.Contains(name)))
        {
            if (NearestName.Of(name, unnamed) is { } meant)
            {
                int? line = root.Section("base", null, "")?.Section("marginPeriodOfRisk", null, "")?.Find(name)?.Line;
                root.Refuse(line, $"base.marginPeriodOfRisk.{name}", name, $"a product_class of instruments.csv (did you mean '{meant}'?)");
            }
            else
            {
                warnings.Add($"base.marginPeriodOfRisk.{name} of policy.json has no effect: no instrument is of product class '{name}'.");
            }
        }
    }

    /// <summary>As for classes: a policy may know more assets than today's set.</summary>
    static void CheckHaircuts(JsonSection root, IReadOnlyDictionary<string, double> haircuts, HashSet<string> assets, List<string> warnings)
    {
        foreach (string name in haircuts.Keys.Where(name => !assets.Contains(name)))
        {
            if (NearestName.Of(name, assets.Where(asset => !haircuts.ContainsKey(asset))) is { } meant)
            {
                int? line = root.Section("collateral", null, "")?.Section("haircuts", null, "")?.Find(name)?.Line;
                root.Refuse(line, $"collateral.haircuts.{name}", name, $"a currency of run.json or a price factor of factors.csv (did you mean '{meant}'?)");
            }
            else
            {
                warnings.Add($"collateral.haircuts.{name} of policy.json has no effect: the set knows no asset '{name}'.");
            }
        }
    }

    /// <summary>Line and text of a key; those of its section, or none, where it is not written.</summary>
    public static (int? Line, string? Found) Place(JsonSection root, string section, string key) =>
        root.Section(section, null, "") is not { } within ? (root.Line, null)
        : within.Find(key) is { } value ? (value.Line, value.Text)
        : (within.Line, null);
}
