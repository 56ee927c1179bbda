namespace GpuMargin.Studies;

/// <summary>How scenarios are drawn: one of the four combinations of sampling and importance.</summary>
/// <param name="Name">philox, importance, sobol, sobol+importance.</param>
/// <param name="Missing">Why it was not run; <see langword="null"/>: it was.</param>
/// <param name="Points">Per number of scenarios, growing; empty where the method is missing.</param>
public sealed record ConvergenceMethod(string Name, string? Missing, IReadOnlyList<ConvergencePoint> Points);

/// <summary>What a method gives with so many scenarios.</summary>
/// <param name="Seconds">Engine and measures of one run of so many scenarios, median of the repeats.</param>
/// <param name="Accounts">Per account studied.</param>
public sealed record ConvergencePoint(int Scenarios, double Seconds, IReadOnlyList<ConvergenceError> Accounts);

/// <summary>Error of an account's expected shortfall, run currency.</summary>
/// <param name="ExpectedShortfall">Median of the repeats.</param>
/// <param name="StandardError">Of one run: standard deviation over the repeats, which differ in nothing but the seed.</param>
/// <param name="HalfWidth">Of the 95 % interval that a run states of itself: median of the repeats.</param>
/// <param name="WidestHalfWidth">The same, the widest of the repeats.</param>
public readonly record struct ConvergenceError(double ExpectedShortfall, double StandardError, double HalfWidth, double WidestHalfWidth)
{
    /// <summary>Share of the repeats whose interval is trusted, 0 to 1.</summary>
    public double TrustedShare { get; init; } = 1;

    /// <summary>How much wider than the median the widest interval is where a rare scenario decides; intervals of equal runs differ by less.</summary>
    const double Rare = 5;

    /// <summary>Whether one repeat met a scenario that decides its expected shortfall and that the others did not meet.</summary>
    public bool HasRareLoss => WidestHalfWidth > Rare * HalfWidth;

    public double RelativeStandardError => StandardError / ExpectedShortfall;

    public double RelativeHalfWidth => HalfWidth / ExpectedShortfall;

    /// <summary>Whether an error relative to it means something: there is a loss, and it is not the same in every scenario of the tail.</summary>
    public bool IsRelative => ExpectedShortfall > 0 && HalfWidth > 0;
}
