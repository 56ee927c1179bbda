namespace GpuMargin.ClearingSets.Validation;

/// <summary>Parts of a set as they were read, so that a reader's work is not done again; a copy of the set with another part is checked.</summary>
sealed class ReadParts(ClearingSet set)
{
    readonly ClearingSet read = set;

    public bool HasModelOf(ClearingSet set) => ReferenceEquals(read.Factors, set.Factors) && ReferenceEquals(read.Correlation, set.Correlation);

    public bool HasPortfolioOf(ClearingSet set) =>
        HasModelOf(set) && ReferenceEquals(read.Instruments, set.Instruments) && ReferenceEquals(read.Accounts, set.Accounts)
        && ReferenceEquals(read.Positions, set.Positions) && ReferenceEquals(read.AccountTerms, set.AccountTerms) && ReferenceEquals(read.Collateral, set.Collateral)
        && ReferenceEquals(read.Liquidity, set.Liquidity) && ReferenceEquals(read.Stress, set.Stress)
        && read.Settings.Currency == set.Settings.Currency && ReferenceEquals(read.Settings.Fx, set.Settings.Fx);
}
