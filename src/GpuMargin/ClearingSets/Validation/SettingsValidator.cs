namespace GpuMargin.ClearingSets.Validation;

/// <summary>Ranges of a run's settings, and what they name.</summary>
static class SettingsValidator
{
    public static void Check(RunSettings settings, IReadOnlyList<RiskFactor> factors, List<Fault> faults)
    {
        PropertyFaults at = new(Fault.Settings, faults);
        bool scenarios = at.Number(nameof(settings.Scenarios), settings.Scenarios, DecimalRule.Scenarios);
        bool confidence = at.Number(nameof(settings.Confidence), settings.Confidence, DecimalRule.Confidence);
        at.Number(nameof(settings.HorizonDays), settings.HorizonDays, DecimalRule.HorizonDays);
        bool most = at.Number(nameof(settings.MaxScenarios), settings.MaxScenarios, DecimalRule.Scenarios);
        at.Word(nameof(settings.Sampling), settings.Sampling, Words.Samplings);
        at.Word(nameof(settings.Importance), settings.Importance, Words.Importances);
        at.Word(nameof(settings.Precision), settings.Precision, Words.Precisions);
        at.Word(nameof(settings.Fingerprint), settings.Fingerprint, Words.Fingerprints);
        at.Word(nameof(settings.Ageing), settings.Ageing, Words.Ageings);
        at.Word(nameof(settings.Arbitrage), settings.Arbitrage, Words.ArbitrageRules);
        at.Number(nameof(settings.MaximumShock), settings.MaximumShock, NumberRule.MaximumShock);
        if (settings.ExpiryClock.Zone is null)
        {
            at.Add("ExpiryClock.TimeZone", settings.ExpiryClock.TimeZone, "a name of the IANA time zone database that this machine knows");
        }

        at.Word("Copula.Family", settings.Copula.Family, Words.CopulaFamilies);
        if (settings.Copula.Family == CopulaFamily.StudentT)
        {
            at.Number("Copula.DegreesOfFreedom", settings.Copula.DegreesOfFreedom, NumberRule.DegreesOfFreedom);
        }

        if (scenarios && confidence && ScenarioRule.TooFew(settings.Scenarios, settings.Confidence) is { } tooFew)
        {
            at.Add(nameof(settings.Scenarios), FormattableString.Invariant($"{settings.Scenarios}"), tooFew);
        }

        if (settings.TargetError is { } target)
        {
            at.Number(nameof(settings.TargetError), target, DecimalRule.TargetError);
            if (scenarios && most && settings.MaxScenarios < settings.Scenarios)
            {
                at.Add(nameof(settings.MaxScenarios), FormattableString.Invariant($"{settings.MaxScenarios}"), ScenarioRule.AtLeast(settings.Scenarios));
            }
        }

        CheckCurrencies(settings, factors, at);
    }

    static void CheckCurrencies(RunSettings settings, IReadOnlyList<RiskFactor> factors, PropertyFaults at)
    {
        at.Name(nameof(settings.Currency), settings.Currency);
        foreach ((string currency, FxRate rate) in settings.Fx)
        {
            string property = $"{nameof(settings.Fx)}[{currency}]";
            at.Name(property, currency);
            if (currency == settings.Currency)
            {
                at.Add(property, rate.Factor, $"foreign currencies only: '{currency}' is the run's own");
            }
            else if (!factors.Any(factor => factor.Name == rate.Factor && factor.Kind == RiskFactorKind.Price))
            {
                at.Add(property, rate.Factor, "the name of a price factor of the set");
            }
        }
    }
}
