namespace GpuMargin.ClearingSets;

/// <summary>Range of a setting and the phrase that continues "expected …"; the same for run.json and the command line.</summary>
sealed record DecimalRule(string Phrase, Predicate<decimal> Holds)
{
    public static readonly DecimalRule Scenarios = new(
        "a whole number from 1 to 100000000", value => value is >= 1 and <= 100_000_000 && decimal.IsInteger(value));

    public static readonly DecimalRule Seed = new(
        "a whole number from 0 to 18446744073709551615", value => value is >= 0 and <= ulong.MaxValue && decimal.IsInteger(value));

    public static readonly DecimalRule HorizonDays = new(
        "a whole number of days from 0 to 250", value => value is >= 0 and <= 250 && decimal.IsInteger(value));

    public static readonly DecimalRule MarginPeriod = new(
        "a whole number of days from 1 to 250", value => value is >= 1 and <= 250 && decimal.IsInteger(value));

    public static readonly DecimalRule RoundingUnit = new("an amount greater than 0 in run currency", value => value > 0);

    public static readonly DecimalRule Confidence = new(
        "a confidence level from 0.5 to below 1, such as 0.99", value => value is >= 0.5m and < 1);

    public static readonly DecimalRule TargetError = new(
        "a relative error above 0 and below 1, such as 0.01", value => value is > 0 and < 1);
}
