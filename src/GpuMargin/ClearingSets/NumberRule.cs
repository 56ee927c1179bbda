namespace GpuMargin.ClearingSets;

/// <summary>Range of a number and the phrase that continues "expected …".</summary>
sealed record NumberRule(string Phrase)
{
    public double Least { get; init; } = double.NegativeInfinity;

    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the least number is out of range.</summary>
    public bool AboveLeast { get; init; }

    /// <summary>Whether the largest number is out of range.</summary>
    public bool BelowMost { get; init; }

    /// <summary>A number inside the range that is refused.</summary>
    public double? Except { get; init; }

    public static readonly NumberRule Finite = new("a finite number");

    public static readonly NumberRule Positive = new("a number greater than 0") { Least = 0, AboveLeast = true };

    public static readonly NumberRule NotNegative = new("a number of at least 0") { Least = 0 };

    public static readonly NumberRule DegreesOfFreedom = new("degrees of freedom greater than 2") { Least = 2, AboveLeast = true };

    public static readonly NumberRule MaximumShock = new("a number greater than 0, at most 24") { Least = 0, AboveLeast = true, Most = RunSettings.LargestMaximumShock };

    public static readonly NumberRule Skew = new("a number between -1 and 1, both excluded") { Least = -1, AboveLeast = true, Most = 1, BelowMost = true };

    public static readonly NumberRule Share = new("a share from 0 to 1") { Least = 0, Most = 1 };

    public static readonly NumberRule ShareBelowOne = new("a share of at least 0, below 1") { Least = 0, Most = 1, BelowMost = true };

    public static readonly NumberRule PositiveShare = new("a share greater than 0, below 1") { Least = 0, AboveLeast = true, Most = 1, BelowMost = true };

    public static readonly NumberRule Correlation = new("a correlation from -1 to 1") { Least = -1, Most = 1 };

    public bool Holds(double value) =>
        double.IsFinite(value)
        && (AboveLeast ? value > Least : value >= Least)
        && (BelowMost ? value < Most : value <= Most)
        && value != Except;
}
