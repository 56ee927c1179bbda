using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Section <c>collateral</c>: <see cref="CollateralTerms"/>.</summary>
sealed class CollateralSection : PolicySection
{
    public override PolicyKey<MarginPolicy> Key { get; } = new SectionKey<CollateralTerms>(
        "collateral", "How the holdings of collateral.csv count.", "how collateral counts, such as {\"valuation\": \"haircut\"}", new CollateralTerms(),
        [
            new ValueKey<CollateralTerms, CollateralValuation>(
                "valuation", "'haircut': today's value less the haircut (EMIR RTS Art. 41). 'simulated': the holdings' P&L is simulated with the portfolio's, as STANS does.",
                new WordForm<CollateralValuation>(PolicyWords.Valuations), terms => terms.Valuation, (terms, value) => terms with { Valuation = value }),
            new NamedValuesKey<CollateralTerms, double>(
                "haircuts", "By currency or price factor, where a row of collateral.csv has none. EMIR RTS Art. 41.", "haircuts by asset, such as {\"EUR\": 0.05}",
                new NumberForm(NumberRule.Share), terms => terms.Haircuts, (terms, values) => terms with { Haircuts = values }),
            new ValueKey<CollateralTerms, bool>(
                "inAllComponents", "true: simulated collateral is also part of offset, concentration and grid. false: these see the positions alone. The house's own rule.",
                new FlagForm(), terms => terms.InAllComponents, (terms, value) => terms with { InAllComponents = value }),
        ],
        policy => policy.Collateral, (policy, terms) => policy with { Collateral = terms });

    /// <summary>A mistyped name would leave its asset without a haircut; one of an asset that today's set lacks is no fault.</summary>
    public override void CheckRun(MarginPolicy policy, RunSettings settings, IReadOnlySet<string>? assets, PolicyFaults faults, List<string> warnings)
    {
        IReadOnlyDictionary<string, double> haircuts = policy.Collateral.Haircuts;
        foreach (string name in haircuts.Keys.Where(name => assets?.Contains(name) == false))
        {
            if (NearestName.Of(name, assets!.Where(asset => !haircuts.ContainsKey(asset))) is { } meant)
            {
                string[] path = ["collateral", "haircuts", name];
                faults.Refuse(path, path, name, $"a currency of run.json or a price factor of factors.csv (did you mean '{meant}'?)");
            }
            else
            {
                warnings.Add($"collateral.haircuts.{name} of policy.json has no effect: the set knows no asset '{name}'.");
            }
        }
    }
}
