namespace GpuMargin.ClearingSets.Validation;

/// <summary>The rules of the files for a set however it was built.</summary>
static class SetValidator
{
    /// <summary>Stands for the file in a fault of a set that was built in memory.</summary>
    public const string Place = "set";

    public static IReadOnlyList<Fault> Faults(ClearingSet set, CancellationToken cancellation)
    {
        List<Fault> faults = [];
        PropertyFaults at = new(Place, faults);
        SettingsValidator.Check(set.Settings, set.Factors, faults);
        if (set.Read?.HasModelOf(set) != true)
        {
            FactorValidator.Check(set.Factors, nameof(set.Factors), at);
            FactorValidator.CheckCorrelation(set.Correlation, set.Factors.Count, nameof(set.Correlation), at, cancellation);
        }

        if (set.Read?.HasPortfolioOf(set) != true)
        {
            PortfolioValidator.CheckInstruments(set, at);
            DividendValidator.Check(set, at);
            PortfolioValidator.CheckPositions(set, at);
            TermsValidator.Check(set, at, cancellation);
        }

        LimitValidator.Check(set, at);
        return faults;
    }
}
