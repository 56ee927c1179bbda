namespace GpuMargin.ClearingSets;

/// <summary>Range of a setting and the phrase that continues "expected …"; the same for run.json and the command line.</summary>
sealed record DecimalRule(string Phrase)
{
    public decimal? Least { get; init; }

    public decimal? Most { get; init; }

    /// <summary>Whether the least number is out of range.</summary>
    public bool AboveLeast { get; init; }

    /// <summary>Whether the largest number is out of range.</summary>
    public bool BelowMost { get; init; }

    public bool IsWhole { get; init; }

    public static readonly DecimalRule Scenarios = new("a whole number from 1 to 100000000") { Least = 1, Most = 100_000_000, IsWhole = true };

    public static readonly DecimalRule Seed = new("a whole number from 0 to 18446744073709551615") { Least = 0, Most = ulong.MaxValue, IsWhole = true };

    public static readonly DecimalRule HorizonDays = new("a whole number of days from 0 to 250") { Least = 0, Most = 250, IsWhole = true };

    public static readonly DecimalRule Fingerprint = new("1 or 2") { Least = 1, Most = 2, IsWhole = true };

    public static readonly DecimalRule MarginPeriod = new("a whole number of days from 1 to 250") { Least = 1, Most = 250, IsWhole = true };

    public static readonly DecimalRule RoundingUnit = new("an amount greater than 0 in run currency") { Least = 0, AboveLeast = true };

    public static readonly DecimalRule Confidence = new("a confidence level from 0.5 to below 1, such as 0.99") { Least = 0.5m, Most = 1, BelowMost = true };

    public static readonly DecimalRule TargetError = new("a relative error above 0 and below 1, such as 0.01") { Least = 0, AboveLeast = true, Most = 1, BelowMost = true };

    public bool Holds(decimal value) =>
        (Least is not { } least || (AboveLeast ? value > least : value >= least))
        && (Most is not { } most || (BelowMost ? value < most : value <= most))
        && (!IsWhole || decimal.IsInteger(value));
}
