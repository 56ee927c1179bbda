using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Section <c>base</c>: <see cref="BaseMargin"/>.</summary>
sealed class BaseSection : PolicySection
{
    /// <summary>EMIR RTS Art. 24(1)(b); OTC derivatives need 0.995, Art. 24(1)(a), which only the desk knows.</summary>
    const decimal LeastConfidence = 0.99m;

    /// <summary>EMIR RTS Art. 26(1)(b); 5 days for OTC derivatives, Art. 26(1)(a).</summary>
    const int LiquidationDays = 2;

    static readonly string[] s_confidence = ["base", "confidence"], s_periods = ["base", "marginPeriodOfRisk"];

    public override PolicyKey<MarginPolicy> Key { get; } = new SectionKey<BaseMargin>(
        "base", "The risk measure that the other components build on.", "the base measure, such as {\"measure\": \"expected-shortfall\"}", new BaseMargin(),
        [
            new ValueKey<BaseMargin, RiskMeasure>(
                "measure", "Acerbi and Tasche 2002 for expected shortfall; value at risk is the quantile.",
                new WordForm<RiskMeasure>(PolicyWords.Measures), terms => terms.Measure, (terms, value) => terms with { Measure = value }),
            new ValueKey<BaseMargin, decimal>(
                "confidence", "Confidence level; that of the run where it is missing. EMIR RTS Art. 24: 0.99, 0.995 for OTC derivatives.",
                new DecimalForm(DecimalRule.Confidence), terms => terms.Confidence, (terms, value) => terms with { Confidence = value }),
            new NamedValuesKey<BaseMargin, int>(
                "marginPeriodOfRisk",
                "Days by product class (instruments.csv, product_class); 'default' is for every class without an entry, and the run's horizonDays where that is missing too. Paths have the days of the longest period, and every class is read at the end of its own. EMIR RTS Art. 26: 2 days, 5 for OTC derivatives.",
                "days by product class, such as {\"default\": 2, \"otc\": 5}",
                new WholeForm(DecimalRule.MarginPeriod), terms => terms.MarginPeriodOfRisk, (terms, values) => terms with { MarginPeriodOfRisk = values }),
        ],
        policy => policy.Base, (policy, terms) => policy with { Base = terms });

    public override IEnumerable<(string[] Path, decimal Level)> TailConfidences(MarginPolicy policy) =>
        policy.Base.Confidence is { } level ? [(s_confidence, level)] : [];

    public override void CheckRun(MarginPolicy policy, RunSettings settings, IReadOnlySet<string>? assets, PolicyFaults faults, List<string> warnings)
    {
        if (policy.Base.MarginPeriodOfRisk.Count > 0 && settings.HorizonDays == 0)
        {
            faults.Refuse(["base"], s_periods, null, "no such key when horizonDays of the run is 0: no factor moves");
        }
    }

    public override void CheckClasses(MarginPolicy policy, string[] classes, PolicyFaults faults, List<string> warnings) =>
        ClassNames.Check(policy.Base.MarginPeriodOfRisk.Keys, s_periods, classes, faults, warnings);

    public override IEnumerable<EmirMinimum> MissedMinima(MarginPolicy policy, RunSettings settings, string[] classes)
    {
        BaseMargin margin = policy.Base;
        if ((margin.Confidence ?? settings.Confidence) is var confidence && confidence < LeastConfidence)
        {
            string origin = margin.Confidence is null ? FormattableString.Invariant($"; it is {confidence}, that of the run") : "";
            yield return new EmirMinimum(24, s_confidence, confidence, FormattableString.Invariant($"at least {LeastConfidence} (EMIR RTS Art. 24)") + origin);
        }

        string phrase = FormattableString.Invariant($"at least {LiquidationDays} days (EMIR RTS Art. 26)");
        foreach ((string name, int days) in margin.MarginPeriodOfRisk.Where(period => period.Value < LiquidationDays))
        {
            yield return new EmirMinimum(26, faults => faults.Refuse(["base"], [.. s_periods, name], days.ToString(CultureInfo.InvariantCulture), phrase));
        }

        bool ofRun = !margin.MarginPeriodOfRisk.ContainsKey(BaseMargin.DefaultClass) && !classes.All(margin.MarginPeriodOfRisk.ContainsKey);
        if (ofRun && settings.HorizonDays < LiquidationDays)
        {
            yield return new EmirMinimum(26, faults => faults.Refuse(
                ["base"], s_periods, null, FormattableString.Invariant($"{phrase}; it is {settings.HorizonDays}, the horizonDays of the run")));
        }
    }
}
