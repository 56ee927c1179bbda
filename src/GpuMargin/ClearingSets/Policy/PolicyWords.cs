namespace GpuMargin.ClearingSets.Policy;

/// <summary>The words of policy.json and accounts.csv.</summary>
static class PolicyWords
{
    public static readonly Vocabulary<Regulation> Regulations = new(("none", Regulation.None), ("emir", Regulation.Emir));

    public static readonly Vocabulary<RiskMeasure> Measures = new(
        ("expected-shortfall", RiskMeasure.ExpectedShortfall), ("value-at-risk", RiskMeasure.ValueAtRisk));

    public static readonly Vocabulary<CollateralValuation> Valuations = new(
        ("haircut", CollateralValuation.Haircut), ("simulated", CollateralValuation.Simulated));

    public static readonly Vocabulary<AccountType> AccountTypes = new(("house", AccountType.House), ("client", AccountType.Client));

    public static readonly Vocabulary<MarginMode> Modes = new(("cross", MarginMode.Cross), ("isolated", MarginMode.Isolated));
}
