namespace GpuMargin.ClearingSets;

/// <summary>Range of a number and the phrase that continues "expected …".</summary>
sealed record NumberRule(string Phrase, Predicate<double> Holds)
{
    public static readonly NumberRule Finite = new("a finite number", _ => true);

    public static readonly NumberRule Positive = new("a number greater than 0", value => value > 0);

    public static readonly NumberRule NotNegative = new("a number of at least 0", value => value >= 0);

    public static readonly NumberRule DegreesOfFreedom = new("degrees of freedom greater than 2", value => value > 2);

    public static readonly NumberRule Skew = new("a number between -1 and 1, both excluded", value => value is > -1 and < 1);

    public static readonly NumberRule Share = new("a share from 0 to 1", value => value is >= 0 and <= 1);

    public static readonly NumberRule ShareBelowOne = new("a share of at least 0, below 1", value => value is >= 0 and < 1);

    public static readonly NumberRule PositiveShare = new("a share greater than 0, below 1", value => value is > 0 and < 1);

    public static readonly NumberRule Correlation = new("a correlation from -1 to 1", value => value is >= -1 and <= 1);
}
